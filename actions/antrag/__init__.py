"""Applications in the chat: a form is asked field by field; its values live in the catalogue's draft, never here."""
