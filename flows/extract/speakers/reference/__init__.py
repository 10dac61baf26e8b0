"""Sources without a name: whom a pronoun, a description or an outlet's "the paper" means."""
