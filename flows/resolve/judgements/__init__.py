"""Human decisions that come before any score."""
