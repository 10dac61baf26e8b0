"""What the reader is trained on."""
