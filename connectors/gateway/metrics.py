"""The gateway's numbers for Prometheus. They count and time; they know no text and no conversation."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest


class Metrics:
    """One registry per application, so that two in one process do not share their numbers."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.messages = Counter(
            "lotse_messages", "Nachrichten nach Ausgang", ["outcome"], registry=self._registry
        )  # answered, empty, repeated, failed
        self.failures = Counter(
            "lotse_dependency_failures", "Ausfälle je Dienst", ["dependency"], registry=self._registry
        )  # redis, rasa, actions, catalogue
        self.fallbacks = Counter("lotse_fallbacks", "Nachrichten, die nicht sicher verstanden wurden", registry=self._registry)
        self.stages = Histogram(
            "lotse_stage_seconds", "Zeit je Abschnitt: Warteschlange, Verstehen, Gespräch, Ablegen", ["stage"], registry=self._registry,
            buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 25),
        )  # fmt: skip  # queue, nlu, dialogue, keep
        self.received = Counter(
            "lotse_channel_received", "Zustellungen der Messenger", ["channel", "outcome"], registry=self._registry
        )  # taken, repeated, late, forged, unreadable
        self.sent = Counter(
            "lotse_channel_sent", "Nachrichten an die Messenger", ["channel", "outcome"], registry=self._registry
        )  # sent, again, refused, ended, doubled
        self.waiting = Gauge("lotse_queue_depth", "Nachrichten, die warten oder beim Bot sind", registry=self._registry)
        self.seconds = Histogram(
            "lotse_answer_seconds", "Zeit bis zur Antwort", registry=self._registry,
            # 2 s is what a citizen takes for prompt, 5 s what one waits for, 45 s a restart of Rasa.
            buckets=(0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 25, 45),
        )  # fmt: skip

    def text(self) -> bytes:
        """All numbers in Prometheus' text format."""
        return generate_latest(self._registry)
