"""WhatsApp's Cloud API (developers.facebook.com/docs/whatsapp/cloud-api)."""
