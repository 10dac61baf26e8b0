"""The quality gate: expectations that the written files must meet before they are published."""
