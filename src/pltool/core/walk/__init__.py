"""What many visits say together: counting, holding back small groups, agreement."""
