// Everything works without this; each part only makes it smoother.
import { countCharacters } from "./counter.js";
import { countFound } from "./filter.js";
import { foldWhereNarrow } from "./fold.js";
import { listenForShortcuts } from "./shortcuts.js";
import { tellOfSession } from "./session.js";
import { suggestWhatIsMeant } from "./suggest.js";
import { previewTerms } from "./term.js";

document.documentElement.classList.add("scripted");
countCharacters();
countFound();
foldWhereNarrow();
listenForShortcuts();
previewTerms();
suggestWhatIsMeant();
tellOfSession();
