"""The program of the folder that needs no Python: `speechcast`, and the modules it runs itself."""

import runpy
import sys


def main() -> None:
    """Run the command line, or the module that follows `-m`, as Python would."""
    if sys.argv[1:2] == ["-m"]:
        module = sys.argv[2]
        del sys.argv[:2]
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    else:
        from speechcast.cli import main as run

        run()


if __name__ == "__main__":
    main()
