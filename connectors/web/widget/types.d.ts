// What the server puts before the script (connectors/web/script.py), and the shapes of the API (core/answer.py, connectors/gateway/schemas.py).
declare const GIVEN: { style: string; texts: Record<string, string>; languages: Record<string, string> };

interface Button { title: string; payload: string }
interface Link { title: string; url: string }
interface Fact { text: string; art: "punkt" | "schritt" | "unterlage"; beleg: number | null; button: Button | null }
interface Eingabe {
  art: "text" | "datum" | "zahl" | "email" | "auswahl" | "datei";
  titel: string; nummer: number; anzahl: number; zweck: string | null; von: string | null; bis: string | null;
}
interface Answer {
  sprache: string; text: string; fakten: Fact[]; nachtrag: string | null; quellenangaben: string[]; buttons: Button[]; links: Link[];
  leistung: { id: string; titel: string } | null; quelle: { titel: string; url: string | null } | null;
  absender?: "lotse" | "mensch"; absender_name?: string | null; vertraulich: boolean; tun: "gespraech_zeigen" | "gespraech_loeschen" | null; eingabe?: Eingabe | null;
}
/** What the city tells everybody just now. */
interface Notice { id: string; text: string }
interface Reply { message_id: string; replies: Answer[]; intent: { name: string | null } | null }
interface Failure { message_id: string; detail: string }
interface Content { text?: string; payload?: string }

/** What the citizen said. `waiting`: not answered yet; `failed`: why it was not. */
interface Own { text: string; content: Content; waiting: boolean; failed?: string }
/** What this tab keeps of a conversation, until it ends. `until`: when it ends, in ms since 1970. */
interface Kept {
  id: string; token: string; minutes: number; until: number; own: Record<string, Own>;
  ticks: Record<string, true>; ratings: Record<string, string>; closed: boolean;
}
type State = "ready" | "thinking" | "slow" | "offline";
type Choose = (title: string, content: Content) => void;
