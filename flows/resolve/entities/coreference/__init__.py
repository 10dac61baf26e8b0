"""Short and long forms of one name: within an article, and across articles by story or role."""
