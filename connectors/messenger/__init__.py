"""Facebook Messenger (developers.facebook.com/docs/messenger-platform)."""
