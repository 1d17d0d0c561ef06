"""Run the tool with `python -m pltool`."""

from pltool.start import main

main()
