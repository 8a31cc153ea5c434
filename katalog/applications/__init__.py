"""Applications: forms beside the services, drafts, submitted cases. Other rooms reach them by ``katalog.applications.client`` only."""
