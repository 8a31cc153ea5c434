"""What all messengers share: taking in, answering and sending, whatever dies in between."""
