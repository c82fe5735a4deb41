"""Moving a province from a deployment that serves several to one of its own, with its running cases."""
