"""What WhatsApp and Messenger share: Meta's signatures and its Graph API (developers.facebook.com/docs/graph-api)."""
