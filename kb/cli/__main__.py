"""``python -m kb.cli`` is the command `kb`."""

from kb.cli.main import main

if __name__ == "__main__":
    main(prog_name="kb")
