"""Prefect servers: started and ended, asked of their deployments, and whether they are well."""
