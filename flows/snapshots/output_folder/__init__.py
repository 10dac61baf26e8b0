"""The output folder: who may write, its versions and their history, and what a killed run left."""
