"""Floor 2: output. One format a file, one method of the port each, one golden file in the tests."""
