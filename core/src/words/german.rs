//! German, for people who are addressed with “Sie”.
//!
//! Names stand in the case that the sentences need: kinds and secrets in the nominative, parts and notations of a
//! schedule in the accusative.

mod schedule;

use super::{Catalogue, Entry};

pub(super) const CATALOGUE: Catalogue = Catalogue {
    entries: ENTRIES,
    names: NAMES,
    and: "und",
    or: "oder",
    of: "in",
    quotes: ['„', '“'],
    decimal: ",",
    more: |count| format!("{count} weitere"),
    use_instead: |value| format!("„{value}“ verwenden"),
    rename_to: |name| format!("In „{name}“ umbenennen"),
    plan: schedule::plan,
    schedule: schedule::schedule,
    assets: schedule::assets,
};

/// What names that are the same in every language are called, sorted by name.
const NAMES: &[(&str, &str)] = &[
    ("EACCES", "der Zugriff ist nicht erlaubt"),
    ("EIO", "der Datenträger meldet einen Fehler"),
    ("ELOOP", "ihre symbolischen Links führen im Kreis"),
    ("ENAMETOOLONG", "der Name ist zu lang"),
    ("ENOENT", "es gibt sie nicht"),
    ("ENOTDIR", "ein Teil des Pfads ist kein Ordner"),
    ("EPERM", "es ist nicht gestattet"),
    ("a filter block", "einen filter-Block"),
    ("a set block", "einen set-Block"),
    ("array", "eine Liste"),
    ("autoescape", "autoescape"),
    ("aws-key", "ein AWS-Zugangsschlüssel"),
    ("backward-range", "einen rückwärts laufenden Bereich"),
    ("base-60", "eine Zahl zur Basis 60, wie bei Stunden und Minuten"),
    ("boolean", "Ja oder Nein"),
    ("date", "ein Datum"),
    ("day of the month", "den Tag im Monat"),
    ("day of the week", "den Wochentag"),
    ("environment", "Umgebung"),
    (
        "environment-form",
        "Kleinbuchstaben, Ziffern, Bindestriche und Unterstriche",
    ),
    ("false", "Nein"),
    ("github-token", "ein GitHub-Token"),
    ("gitlab-token", "ein GitLab-Token"),
    ("google-key", "ein Google-API-Schlüssel"),
    ("hostname", "der Name eines Rechners, zum Beispiel db.example.com"),
    ("hour", "die Stunde"),
    ("idn-email", "eine E-Mail-Adresse"),
    ("idn-hostname", "der Name eines Rechners, zum Beispiel db.example.com"),
    ("integer", "eine ganze Zahl"),
    ("ipv4", "eine IPv4-Adresse, zum Beispiel 192.0.2.1"),
    ("ipv6", "eine IPv6-Adresse, zum Beispiel 2001:db8::1"),
    ("iri", "eine Adresse, zum Beispiel https://example.com/report"),
    ("iri-reference", "eine Adresse, zum Beispiel https://example.com/report"),
    ("item", "Eintrag"),
    (
        "json-pointer",
        "eine Stelle in einem JSON-Dokument, zum Beispiel /steps/0",
    ),
    ("jwt", "ein signiertes Token (JWT)"),
    ("key", "Name"),
    ("minute", "die Minute"),
    ("month", "den Monat"),
    ("nearest-weekday", "W (den nächstgelegenen Werktag)"),
    ("none", "Nicht gesetzt"),
    ("null", "ein leerer Wert"),
    ("number", "eine Zahl"),
    ("object", "eine Gruppe von Angaben"),
    ("octal", "eine Zahl zur Basis 8"),
    ("other", "Weitere"),
    ("password", "ein Passwort"),
    ("private-key", "ein privater Schlüssel"),
    ("question-mark", "das Fragezeichen"),
    ("regex", "ein regulärer Ausdruck, zum Beispiel ^[a-z]+$"),
    (
        "relative-json-pointer",
        "eine Stelle in einem JSON-Dokument, zum Beispiel /steps/0",
    ),
    ("second", "die Sekunde"),
    ("slack-token", "ein Slack-Token"),
    ("special", "ein Zeichen mit eigener Bedeutung"),
    ("string", "Text"),
    ("switch", "Ja oder Nein"),
    ("true", "Ja"),
    ("uri-password", "eine Adresse, die ein Passwort enthält"),
    ("uri-reference", "eine Adresse, zum Beispiel https://example.com/report"),
    (
        "uri-template",
        "eine Adresse mit Lücken in Klammern, zum Beispiel https://example.com/{day}",
    ),
    ("uuid", "eine UUID, zum Beispiel 2f1c9a5e-8d3b-4e0f-9c1a-7b6d5e4f3a2b"),
    ("year", "das Jahr"),
    ("years", "ein Jahr hinter den Sekunden"),
];

/// All sentences, sorted by code.
#[rustfmt::skip]
const ENTRIES: &[Entry] = &[
    Entry::new("asset-scheme-airflow", "{title} darf nicht mit airflow:// beginnen; das behält sich Airflow selbst vor.")
        .help("Wählen Sie einen anderen Anfang, zum Beispiel x-berichte://"),
    Entry::new("asset-without-bucket", "In {title} fehlt hinter {scheme}:// der Name des Buckets.")
        .help("Geben Sie die Adresse so ein: {scheme}://bucket/pfad"),
    Entry::new("asset-without-path", "In {title} fehlt hinter {scheme}:// der Pfad.")
        .help("Geben Sie die Adresse so ein: {scheme}:///daten/bericht.csv"),
    Entry::new("asset-without-table", "{title} muss einen Rechner, eine Datenbank, ein Schema und eine Tabelle nennen.")
        .help("Geben Sie die Adresse so ein: {scheme}://rechner/datenbank/schema/tabelle"),
    Entry::new("code-empty", "Tragen Sie bei {title} den Code ein.")
        .engineer("{path} enthält keinen Code."),
    Entry::new("dag-id", "Airflow nimmt den Namen dieses DAGs nicht an[: „{dag_id}“].")
        .help("Erlaubt sind Buchstaben, Ziffern, Bindestriche, Punkte und Unterstriche, höchstens 250 Zeichen.")
        .engineer("[{dag_id}: ]Eine dag_id darf aus Wortzeichen, Punkten und Bindestrichen bestehen, höchstens 250 Zeichen."),
    Entry::new("dag-id-value", "{title} kann kein Teil des DAG-Namens sein[: {value}].")
        .help("Verwenden Sie Buchstaben, Ziffern, Bindestriche, Punkte und Unterstriche."),
    Entry::new("date-not-in-calendar", "Den Tag {value} gibt es im Kalender nicht.")
        .engineer("{path}: {value} steht nicht im Kalender."),
    Entry::new("dependency-cycle", "Diese Schritte warten im Kreis aufeinander, sodass keiner von ihnen beginnen kann[: {tasks:and}].")
        .help("Entfernen Sie eine der Abhängigkeiten zwischen ihnen.")
        .engineer("Die Abhängigkeiten bilden einen Kreis[: {tasks:and}]. Airflow meldet AirflowDagCycleException."),
    Entry::new("duplicate-dag-id", "{dag_id} entsteht auch aus {other}. Airflow würde einen der beiden DAGs übergehen.")
        .help("Geben Sie einem von beiden einen anderen Namen.")
        .engineer("{dag_id} entsteht aus {file} und aus {other}. Airflow behält einen der beiden DAGs und übergeht den anderen."),
    Entry::new("duplicate-dag-id-in-file", "In dieser Datei entsteht {dag_id} zweimal. Airflow behält einen der beiden DAGs und verschweigt den anderen.")
        .help("Geben Sie einem von beiden eine andere ID."),
    Entry::new("duplicate-items", "{title} enthält denselben Eintrag zweimal: Nummer {first} und Nummer {second}[ lauten beide „{value}“].")
        .help("Entfernen oder ändern Sie einen von beiden.")
        .engineer("{path} darf keinen Eintrag doppelt enthalten; die Einträge {first} und {second} sind gleich.")
        .engineer_help(""),
    Entry::new("duplicate-task-id", "Zwei Schritte haben denselben Namen[: „{task_id}“].")
        .help("Geben Sie einem von beiden einen anderen Namen.")
        .engineer("Die task_id[ {task_id}] ist vergeben. Airflow meldet DuplicateTaskIdFound."),
    Entry::new("duration-too-long", "{title} darf höchstens 100 Jahre betragen."),
    Entry::new("duration-zero", "{title} muss länger als null sein.")
        .help("Geben Sie zum Beispiel 30m für eine halbe Stunde ein."),
    Entry::new("email-list-gap", "In {title} steht ein Komma, neben dem eine Adresse fehlt.")
        .help("Entfernen Sie das Komma, oder ergänzen Sie die Adresse."),
    Entry::new("email-list-semicolon", "Trennen Sie die Adressen in {title} durch Kommas, nicht durch Semikolons.")
        .help("Geben Sie ein: {suggestion}"),
    Entry::new("empty-text", "{title} ist leer.")
        .help("Geben Sie etwas ein, oder entfernen Sie die Angabe.")
        .engineer("{path} ist ein leerer Text; lassen Sie das Element weg, wenn nichts gemeint ist."),
    Entry::new("engine-crashed", "Die Engine ist an dieser Datei gescheitert.")
        .help("Das ist ein Fehler von Dagwright. Melden Sie ihn, mit der Datei, wenn Sie sie weitergeben dürfen."),
    Entry::new("engine-out-of-memory", "Diese Datei braucht mehr Speicher, als die Engine benutzen darf.")
        .help("Verkleinern oder teilen Sie sie. Ist sie klein, melden Sie das als Fehler von Dagwright."),
    Entry::new("engine-too-slow", "Die Engine war mit dieser Datei nach {seconds:Sekunde|Sekunden} nicht fertig.")
        .help("Verkleinern Sie sie, oder geben Sie mit --deadline mehr Zeit. Ist sie klein, melden Sie das als Fehler von Dagwright."),
    Entry::new("file-not-regular", "Das ist keine gewöhnliche Datei und wird deshalb nicht gelesen.")
        .help("Nennen Sie eine Datei oder einen Ordner. Für die Ausgabe eines anderen Programms nennen Sie - und verbinden sie mit der Standardeingabe."),
    Entry::new("file-not-utf-8", "Diese Datei ist kein Text in UTF-8: Zeile {line} enthält Bytes, die kein Zeichen sind.")
        .help("Speichern Sie sie als UTF-8, und versuchen Sie es noch einmal."),
    Entry::new("file-too-large", "Diese Datei ist größer als {limit}, und so groß ist keine Konfiguration, keine Vorlage und kein DAG.")
        .help("Prüfen Sie, ob es die gemeinte Datei ist."),
    Entry::new("file-unreadable", "Diese Datei lässt sich nicht lesen: {reason:name}.")
        .help("Prüfen Sie, wohin sie führt und wer sie lesen darf, und versuchen Sie es noch einmal."),
    Entry::new("file-utf-16", "Diese Datei ist Text in UTF-16, und nur UTF-8 wird gelesen.")
        .help("Speichern Sie sie als UTF-8, und versuchen Sie es noch einmal."),
    Entry::new("forbidden-character", "Dieser Text enthält ein Zeichen, das Dagwright sich selbst vorbehält.")
        .help("Löschen Sie das Zeichen, und geben Sie es neu ein. Keine Tastatur schreibt es.")
        .engineer("Der Wert enthält eines der Zeichen U+F5A00 bis U+F5A02, die ausgegebene Werte markieren.")
        .engineer_help("Entfernen Sie das Zeichen."),
    Entry::new("format", "In {title} wird etwas anderes erwartet: {format:name}.")
        .engineer("{path} hat nicht das Format {format}."),
    Entry::new("format-asset-uri", "{title} muss die Adresse eines Datenbestands in einfachen Zeichen sein, zum Beispiel s3://berichte/taeglich.csv")
        .help("Entfernen Sie Leerzeichen davor und dahinter sowie Umlaute.")
        .engineer("{path} muss aus 1 bis 1.500 druckbaren ASCII-Zeichen bestehen, ohne Leerzeichen am Anfang oder Ende."),
    Entry::new("format-connection-id", "{title} darf nur Buchstaben, Ziffern, Bindestriche, Punkte und Unterstriche enthalten.")
        .help("[„{character}“ gehört nicht dazu.] [Geben Sie zum Beispiel ein: {suggestion}]")
        .engineer("{path} darf nur Wortzeichen (Unicode-Buchstaben, Ziffern, Unterstriche), Punkte und Bindestriche enthalten[; gefunden: „{character}“].")
        .engineer_help("[Vorschlag: {suggestion}]"),
    Entry::new("format-dag-id", "{title} darf nur Buchstaben, Ziffern, Bindestriche, Punkte und Unterstriche enthalten.")
        .help("[„{character}“ gehört nicht dazu.] [Geben Sie zum Beispiel ein: {suggestion}]")
        .engineer("{path} darf nur Wortzeichen (Unicode-Buchstaben, Ziffern, Unterstriche), Punkte und Bindestriche enthalten[; gefunden: „{character}“].")
        .engineer_help("[Vorschlag: {suggestion}]"),
    Entry::new("format-date", "{title} muss ein Datum sein, zum Beispiel 2027-03-31")
        .help("Jahr, Monat und Tag, durch Bindestriche getrennt.")
        .engineer("{path} muss ein full-date nach RFC 3339 sein.")
        .engineer_help(""),
    Entry::new("format-date-time", "{title} muss Datum und Uhrzeit mit Zeitzone enthalten, zum Beispiel 2027-03-31T08:30:00Z")
        .help("Z steht für UTC.")
        .engineer("{path} muss eine date-time nach RFC 3339 sein.")
        .engineer_help(""),
    Entry::new("format-duration", "{title} muss eine Dauer sein, zum Beispiel 90s, 30m, 1h30m oder 2d.")
        .engineer("{path} muss eine Dauer sein: ganze Zahlen mit w, d, h, m und s in dieser Reihenfolge, oder ISO 8601 wie PT1H30M (ohne Monate und Jahre)."),
    Entry::new("format-email", "„{address}“ ist keine E-Mail-Adresse.")
        .help("Geben Sie eine Adresse wie name@example.com ein.")
        .engineer("{path}: „{address}“ ist keine E-Mail-Adresse."),
    Entry::new("format-image", "{title} muss ein Container-Image sein, zum Beispiel reporting/seeder:1.4.2")
        .help("Es besteht aus einem Namen in Kleinbuchstaben, einem Doppelpunkt und einer Version.")
        .engineer("{path} ist kein Verweis auf ein Image: registry/pfad:tag@digest.")
        .engineer_help(""),
    Entry::new("format-pool", "{title} darf nur Buchstaben, Ziffern, Bindestriche, Punkte und Unterstriche enthalten.")
        .help("[„{character}“ gehört nicht dazu.] [Geben Sie zum Beispiel ein: {suggestion}]")
        .engineer("{path} darf nur Wortzeichen (Unicode-Buchstaben, Ziffern, Unterstriche), Punkte und Bindestriche enthalten[; gefunden: „{character}“].")
        .engineer_help("[Vorschlag: {suggestion}]"),
    Entry::new("format-python-identifier", "{title} darf nur die Buchstaben a bis z, Ziffern und Unterstriche enthalten.")
        .help("[„{character}“ gehört nicht dazu.] [Geben Sie zum Beispiel ein: {suggestion}]")
        .engineer("{path} muss ein Python-Bezeichner aus ASCII-Zeichen sein[; gefunden: „{character}“].")
        .engineer_help("[Vorschlag: {suggestion}]"),
    Entry::new("format-quantity", "{title} muss eine Menge sein, zum Beispiel 500m, 2 oder 512Mi.")
        .help("500m ist ein halber Prozessorkern. 512Mi ist etwa ein halbes Gigabyte Arbeitsspeicher, 4Gi sind etwa vier.")
        .engineer("{path} muss eine Kubernetes-Menge sein: eine Dezimalzahl und m, k, M, G, T, P, E, Ki, Mi, Gi, Ti, Pi oder Ei.")
        .engineer_help(""),
    Entry::new("format-task-id", "{title} darf nur Buchstaben, Ziffern, Bindestriche, Punkte und Unterstriche enthalten.")
        .help("[„{character}“ gehört nicht dazu.] [Geben Sie zum Beispiel ein: {suggestion}]")
        .engineer("{path} darf nur Wortzeichen (Unicode-Buchstaben, Ziffern, Unterstriche), Punkte und Bindestriche enthalten[; gefunden: „{character}“].")
        .engineer_help("[Vorschlag: {suggestion}]"),
    Entry::new("format-time", "{title} muss eine Uhrzeit mit Zeitzone sein, zum Beispiel 08:30:00Z")
        .help("Z steht für UTC.")
        .engineer("{path} muss eine full-time nach RFC 3339 sein.")
        .engineer_help(""),
    Entry::new("format-timezone", "{title} muss eine Zeitzone sein, zum Beispiel UTC oder Europe/Berlin.")
        .engineer("{path} muss die Form einer IANA-Zeitzone haben, zum Beispiel UTC oder Europe/Berlin."),
    Entry::new("format-uri", "{title} muss eine vollständige Adresse sein, zum Beispiel https://example.com/daten")
        .engineer("{path} muss eine absolute URI sein."),
    Entry::new("format-variable-key", "{title} darf weder Leerzeichen noch Zeilenumbrüche enthalten.")
        .help("[Geben Sie zum Beispiel ein: {suggestion}]")
        .engineer("{path}: Der Schlüssel einer Airflow-Variablen mit Leerraum oder Steuerzeichen wird nicht wiedergefunden[; Vorschlag: {suggestion}].")
        .engineer_help(""),
    Entry::new("group-id", "Airflow nimmt den Namen dieser Gruppe von Schritten nicht an[: „{group_id}“].")
        .help("Erlaubt sind Buchstaben, Ziffern, Bindestriche und Unterstriche, keine Punkte, höchstens 200 Zeichen.")
        .engineer("[{group_id}: ]Eine group_id darf aus Wortzeichen und Bindestrichen bestehen, höchstens 200 Zeichen."),
    Entry::new("image-digest-shape", "Was in {title} hinter dem @ steht, ist keine Prüfsumme.")
        .help("Kopieren Sie sie noch einmal aus der Registry: sha256: und 64 Zeichen.")
        .engineer("{path}: Der Digest muss aus sha256: und 64 oder aus sha512: und 128 hexadezimalen Ziffern in Kleinschreibung bestehen.")
        .engineer_help(""),
    Entry::new("image-latest-tag", "{title} nimmt immer die gerade neueste Version.")
        .help("Geben Sie statt „latest“ eine Version an, zum Beispiel {image}:1.4.2. Mit „latest“ kann ein Lauf von einem Tag auf den anderen anders ausgehen, ohne dass hier jemand etwas geändert hat.")
        .engineer("{path}: {image} trägt das bewegliche Tag latest.")
        .engineer_help("Legen Sie ein Versions-Tag oder einen Digest fest."),
    Entry::new("image-tag-shape", "„{tag}“ kann nicht die Version eines Images sein.")
        .help("Eine Version besteht aus Buchstaben, Ziffern, Punkten, Bindestrichen und Unterstrichen, höchstens 128 Zeichen, zum Beispiel 1.4.2")
        .engineer("{path}: Das Tag „{tag}“ entspricht nicht der Grammatik: ein Wortzeichen, dann bis zu 127 Wortzeichen, Punkte oder Bindestriche.")
        .engineer_help(""),
    Entry::new("image-upper-case", "{title} darf vor der Version nur Kleinbuchstaben enthalten.")
        .help("Geben Sie ein: {suggestion}")
        .engineer("{path}: Der Pfad eines Images wird kleingeschrieben.")
        .engineer_help("Vorschlag: {suggestion}"),
    Entry::new("image-with-scheme", "{title} darf nicht mit {scheme}:// beginnen.")
        .help("Geben Sie ein: {suggestion}"),
    Entry::new("image-with-space", "{title} darf keine Leerzeichen enthalten.")
        .help("Geben Sie es so ein: reporting/seeder:1.4.2")
        .engineer("{path} enthält Leerraum oder Steuerzeichen; in einem Verweis auf ein Image steht keines davon."),
    Entry::new("image-without-tag", "{title} sagt nicht, welche Version laufen soll.")
        .help("Ergänzen Sie die Version hinter einem Doppelpunkt, zum Beispiel {image}:1.4.2. Ohne sie nimmt jeder Lauf die gerade neueste Version, und niemand kann einen früheren Lauf wiederholen.")
        .engineer("{path}: {image} hat weder Tag noch Digest und bedeutet deshalb :latest.")
        .engineer_help("Legen Sie ein Tag oder einen Digest fest."),
    Entry::new("inline-secret", "{title} sieht aus wie {what:name}. Wer diese Konfiguration lesen kann, könnte es benutzen.")
        .help("Entfernen Sie die Angabe, und bewahren Sie sie in einer Verbindung oder Variablen von Airflow auf; hier gehört nur deren Name hin. Ist sie echt, so lassen Sie sie ersetzen, denn sie könnte schon kopiert worden sein.")
        .engineer("{path} sieht aus wie {what:name}.")
        .engineer_help("Verlegen Sie den Wert in eine Verbindung, eine Variable oder ein Secrets Backend, und nennen Sie hier nur den Namen. Ist er echt, widerrufen Sie ihn: Die Versionsgeschichte behält ihn."),
    Entry::new("jinja-in-text", "{title} enthält {found}. Airflow würde das als Formel ausführen, statt es als Text zu nehmen.")
        .help("Entfernen Sie die geschweiften Klammern. Soll Airflow hier etwas einsetzen, so bitten Sie das Team der Vorlage, es zu erlauben.")
        .engineer("{path} enthält {found}: Airflow wertet Vorlagenfelder noch einmal mit Jinja aus.")
        .engineer_help("Entfernen Sie es, oder geben Sie dem Parameter in der Vorlage das Format airflow-jinja."),
    Entry::new("jinja-unclosed", "In {title} steht {opening}, ohne dass {closing} folgt.")
        .help("Schließen Sie mit {closing}, oder entfernen Sie {opening}.")
        .engineer("{path}: {opening} wird nicht durch {closing} geschlossen.")
        .engineer_help(""),
    Entry::new("locale-incomplete", "Diese Übersetzung ist nicht vollständig.")
        .help("Was ihr fehlt, erscheint in der Sprache der Vorlage.")
        .engineer("Nicht übersetzt, {count:Angabe|Angaben}: {missing:and}.")
        .engineer_help("Sie erscheinen in der Sprache der Vorlage."),
    Entry::new("locale-name", "„{name}“ sagt nicht, für welche Sprache die Datei ist.")
        .help("Benennen Sie die Datei nach einer Sprache, zum Beispiel de.yaml oder de-AT.yaml."),
    Entry::new("locale-unknown-label", "Die Auswahl hat hier keinen Wert „{name}“.")
        .help("[Meinten Sie „{near}“? ]Beschriftungen stehen neben den Werten der Auswahl, nicht neben deren Namen."),
    Entry::new("locale-unknown-place", "{name} ist keine Stelle in den Parametern der Vorlage.")
        .help("[Meinten Sie {near}? ]Schreiben Sie einen JSON Pointer in das Schema der Parameter, zum Beispiel /properties/steps oder /$defs/step/properties/image."),
    Entry::new("locale-unknown-section", "Die Vorlage hat keinen Abschnitt „{name}“.")
        .help("[Meinten Sie „{near}“? ]Schreiben Sie den Abschnitt so, wie er in x-ui steht."),
    Entry::new("missing-item", "In {title} fehlt ein Eintrag, der dort stehen muss.")
        .help("Lesen Sie den Hinweis zu diesem Feld.")
        .engineer("Kein Eintrag von {path} passt zum Schema des Schlüsselworts contains.")
        .engineer_help(""),
    Entry::new("name-not-identifier", "„{name}“ kann in Python kein Name sein.")
        .help("Verwenden Sie Kleinbuchstaben, Ziffern und Unterstriche, mit einem Buchstaben am Anfang.")
        .engineer("„{name}“ ist kein Python-Bezeichner aus ASCII-Zeichen."),
    Entry::new("name-shared", "„{text}“ und „{other}“ hätten in Python denselben Namen: „{name}“.")
        .help("Ändern Sie eines davon, sodass sie sich in mehr als der Schreibweise unterscheiden.")
        .engineer("Zwei Antworten binden den Namen {name}: „{text}“ und „{other}“[, in der Zeile {code}]")
        .engineer_help("Ändern Sie eine davon, oder lassen Sie die Vorlage dem Namen etwas hinzufügen, das sie unterscheidet."),
    Entry::new("name-taken", "„{name}“ bedeutet in Python oder in der erzeugten Datei schon etwas anderes.")
        .help("Wählen Sie einen anderen Namen, zum Beispiel {name}_schritt")
        .engineer("„{name}“ ist ein Schlüsselwort oder ein eingebauter Name von Python oder ein Name, den die Vorlage selbst verwendet."),
    Entry::new("no-branch-fits", "{title} hat keine der Formen, die hier möglich sind[: {options}].")
        .help("Lesen Sie den Hinweis zu diesem Feld.")
        .engineer("{path} passt zu keinem Zweig von oneOf oder anyOf[: {options}].")
        .engineer_help(""),
    Entry::new("not-allowed", "Dieser Wert ist für {title} nicht erlaubt.")
        .help("Lesen Sie den Hinweis zu diesem Feld.")
        .engineer("{path} wird vom Schema abgelehnt (not oder false).")
        .engineer_help(""),
    Entry::new("not-asked", "{title} passt nicht zu Ihren anderen Antworten.")
        .help("Entfernen Sie die Angabe.")
        .engineer("Das Schema lehnt {path} neben den anderen Elementen ab (false).")
        .engineer_help(""),
    Entry::new("not-less", "{title} muss kleiner als {limit} sein.")
        .engineer("{path} muss unter dem exclusiveMaximum {limit} liegen."),
    Entry::new("not-more", "{title} muss größer als {limit} sein.")
        .engineer("{path} muss über dem exclusiveMinimum {limit} liegen."),
    Entry::new("not-multiple", "{title} muss ein Vielfaches von {step} sein.")
        .engineer("{path} muss ein Vielfaches (multipleOf) von {step} sein."),
    Entry::new("not-one-of", "Wählen Sie für {title} eine dieser Möglichkeiten: {options}.")
        .help("[Meinten Sie „{near}“?]")
        .engineer("{path} ist keiner der Werte {values}.")
        .engineer_help("[Meinten Sie {near}?]"),
    Entry::new("output-count", "Aus diesen Antworten entstünden mehr als {limit} Dateien.")
        .help("Machen Sie mehrere Konfigurationen daraus.")
        .engineer("Die Ausgabe ergibt mehr als {limit} Dateien.")
        .engineer_help(""),
    Entry::new("output-path-shared", "Aus zwei dieser Antworten entstünde dieselbe Datei, {file}.")
        .help("Geben Sie einer von beiden einen anderen Namen.")
        .engineer("Zwei Ausgaben haben denselben Pfad: {file}[, neben {other}]")
        .engineer_help("Der Pfad jeder Ausgabe muss nennen, was ihre Dateien unterscheidet."),
    Entry::new("output-path-value", "{title} kann kein Teil eines Dateinamens sein[: {value}].")
        .help("Verwenden Sie Buchstaben, Ziffern, Bindestriche, Punkte und Unterstriche."),
    Entry::new("output-too-large", "Daraus würde eine Datei von mehr als 2 MB, die Airflow nicht rechtzeitig lesen könnte.")
        .help("Teilen Sie sie auf mehrere DAGs auf.")
        .engineer("Die erzeugte Datei ist größer als 2 MB."),
    Entry::new("pattern", "{title} hat nicht die verlangte Form[: {hint:whole}].")
        .engineer("{path} passt nicht zum Muster des Schemas[: {hint:whole}].")
        .engineer_help("Muster: {pattern}"),
    Entry::new("policy-code-taken", "Eine Richtlinie kann nicht {name} heißen: Diesen Code hat eine Regel von Dagwright.")
        .help("Geben Sie ihr einen anderen Code."),
    Entry::new("policy-duplicate-code", "Zwei Richtlinien haben hier den Code {name}. Nur nach der ersten wird gefragt.")
        .help("Geben Sie einer von beiden einen anderen Code."),
    Entry::new("policy-endless", "Die Richtlinie {name} wurde nicht zu Ende geprüft: Alle Richtlinien zusammen dauern für diese Datei zu lange.")
        .help("Vereinfachen Sie ihre Prüfung. Eine, die für jede Task alle Tasks durchgeht, wächst mit dem Quadrat ihrer Anzahl."),
    Entry::new("policy-exception-expired", "Die Ausnahme von der Richtlinie {name} ist am {value} abgelaufen. Ihr Grund war: {reason:whole}")
        .help("Tun Sie, was die Richtlinie verlangt, oder vereinbaren Sie ein neues Datum."),
    Entry::new("policy-exception-long", "Die Ausnahme von der Richtlinie {name} gilt bis {value}, also noch mehr als ein Jahr.")
        .help("Wählen Sie ein früheres Datum, damit wieder jemand darauf schaut."),
    Entry::new("policy-exception-open", "Diese Ausnahme sagt nicht, wofür sie gilt, und würde für alles gelten.")
        .help("Geben Sie ihr config, dag_id oder task_id, mit mehr als Sternchen."),
    Entry::new("policy-exception-undated", "Die Ausnahme von der Richtlinie {name} wird nicht beachtet, weil nicht bekannt ist, welcher Tag heute ist.")
        .help("Nennen Sie in der Frage die Gegenwart (now), in Sekunden seit 1970."),
    Entry::new("policy-expression", "Diese Prüfung ist kein Ausdruck: {detail:whole}")
        .help("Schreiben Sie einen Jinja-Ausdruck, zum Beispiel task.retries >= 1"),
    Entry::new("policy-failed", "Die Richtlinie {name} konnte nicht geprüft werden[, bei der Task {task_id}]: {detail:whole}")
        .help("Berichtigen Sie ihre Prüfung. Fragen Sie zuerst nach dem, was fehlen kann: config.parameters.owner is defined and …"),
    Entry::new("policy-name-unknown", "{name} ist hier nicht bekannt.")
        .help("[Meinten Sie {near}?] Bekannt sind {known:whole}."),
    Entry::new("policy-not-allowed", "Eine Prüfung kann {what} nicht verwenden.")
        .help("Eine Prüfung vergleicht. Sie ruft nichts auf und multipliziert nur Zahlen, damit sie immer zu einem Ende kommt."),
    Entry::new("policy-not-boolean", "Die Prüfung der Richtlinie {name} muss wahr oder falsch ergeben, ergibt aber etwas anderes: {actual}.")
        .help("Vergleichen Sie es mit etwas, zum Beispiel task.retries > 0"),
    Entry::new("policy-not-read", "Die Richtlinien in {file} wurden nicht gelesen, also prüft sie niemand.")
        .help("Prüfen Sie, ob die Datei da ist und Richtlinien enthält."),
    Entry::new("policy-too-deep", "Diese Prüfung ist zu lang oder zu tief verschachtelt.")
        .help("Machen Sie zwei Richtlinien daraus."),
    Entry::new("policy-unknown", "Ob die Richtlinie {name} erfüllt ist, ist[ bei der Task {task_id}] nicht bekannt: {names:and} steht erst fest, wenn Airflow die Datei ausführt.")
        .help("Schreiben Sie den Wert selbst in die Datei."),
    Entry::new("python-keyword", "„{value}“ ist ein Wort, das Python sich selbst vorbehält.")
        .help("Geben Sie zum Beispiel ein: {suggestion}")
        .engineer("{path} ist ein Schlüsselwort von Python.")
        .engineer_help("Vorschlag: {suggestion}"),
    Entry::new("python-leading-digit", "{title} darf nicht mit einer Ziffer beginnen.")
        .help("Geben Sie zum Beispiel ein: {suggestion}")
        .engineer("{path} muss ein Python-Bezeichner sein, und der beginnt nicht mit einer Ziffer.")
        .engineer_help("Vorschlag: {suggestion}"),
    Entry::new("python-syntax", "Das ist kein Python. Der Parser meldet: {detail:whole}")
        .engineer("Syntaxfehler: {detail:whole}"),
    Entry::new("python-too-deep", "Das ist tiefer verschachtelt, als es sich sicher lesen lässt.")
        .help("Teilen Sie den Ausdruck auf."),
    Entry::new("required", "Füllen Sie {title} aus[, zum Beispiel so: {example}].")
        .engineer("{path} ist erforderlich und fehlt oder ist ein leerer Text.")
        .engineer_help("[Beispiel: {example}.]"),
    Entry::new("required-choice", "Wählen Sie eine Antwort für {title}.")
        .engineer("{path} ist erforderlich und fehlt."),
    Entry::new("schedule-any-too-new", "Airflow {version} kann nicht auf einen von mehreren Datenbeständen warten, nur auf alle.")
        .help("Lassen Sie auf alle warten, oder fragen Sie das Team, das Airflow betreut, nach 2.9 oder neuer.")
        .engineer("Airflow {version} kennt kein | zwischen Datasets; vor 2.9 lädt der DAG nicht (TypeError).")
        .engineer_help("Eine Liste wartet auf alle; sonst Airflow 2.9."),
    Entry::new("schedule-continuous-too-new", "Airflow {version} kennt @continuous nicht und würde den DAG nicht laden.")
        .help("Wählen Sie Zeiten, oder fragen Sie das Team, das Airflow betreut, nach 2.6 oder neuer.")
        .engineer("{path}: Airflow kennt @continuous seit 2.6; {version} lädt den DAG nicht."),
    Entry::new("schedule-empty", "{title} ist ein leerer Zeitplan.")
        .help("Geben Sie einen Cron-Ausdruck wie 0 2 * * * oder @daily ein. Soll der DAG nur laufen, wenn ihn jemand startet, so wählen Sie diese Antwort.")
        .engineer("{path} ist ein leerer Zeitplan; keiner ist null.")
        .engineer_help(""),
    Entry::new("schedule-field", "„{text}“ ist in einem Zeitplan keine Angabe für {field:name}.")
        .help("Möglich sind Zahlen, * für alle, 1-5 für einen Bereich, 1,15 für eine Aufzählung und */10 für Abstände.")
        .engineer("{path}: croniter kann „{text}“ nicht als Angabe für {field:name} lesen."),
    Entry::new("schedule-field-count", "Ein Zeitplan hat fünf Teile: Minute, Stunde, Tag im Monat, Monat und Wochentag. Dieser hat {count:Teil|Teile}.")
        .help("So bedeutet 0 2 * * *: täglich um 02:00 Uhr UTC.")
        .engineer("{path} hat {count:Cron-Feld|Cron-Felder}; Airflow nimmt 5, 6 (Sekunden zuletzt) oder 7 (Jahre zuletzt)."),
    Entry::new("schedule-hash", "H bedeutet in einem Zeitplan als Angabe für {field:name} nichts.")
        .help("Nur Jenkins kennt es. Geben Sie eine Zahl ein, oder * für alle.")
        .engineer("{path}: H als Angabe für {field:name} braucht eine hash id, die Airflow nicht an croniter übergibt.")
        .engineer_help(""),
    Entry::new("schedule-invalid", "Airflow kann den Zeitplan {value} nicht lesen. {detail}")
        .help("Solange das so ist, lädt Airflow den DAG nicht."),
    Entry::new("schedule-mixed-weekdays", "„{text}“ mischt einfache Wochentage mit solchen, die im Monat gezählt werden.")
        .help("Verwenden Sie entweder einfache Tage wie 1,3 oder gezählte wie 1#2 für den zweiten Montag.")
        .engineer("{path}: croniter nimmt einfache Wochentage nicht zusammen mit # oder L in „{text}“.")
        .engineer_help(""),
    Entry::new("schedule-nearest-weekday", "Ein Tag mit W muss allein stehen; „{text}“ zählt mehrere auf.")
        .help("Geben Sie nur einen Tag an, zum Beispiel 15W: den Werktag, der dem 15. am nächsten liegt.")
        .engineer("{path}: croniter nimmt W nur bei einem einzelnen Tag, nicht in „{text}“.")
        .engineer_help(""),
    Entry::new("schedule-never-fires", "Dieser Zeitplan tritt nie ein: Einen solchen Tag gibt es nicht.")
        .help("Wählen Sie einen Tag, den jeder Monat hat, oder L für den letzten Tag des Monats.")
        .engineer("{path}: {value} tritt in 50 Jahren nicht ein; der Scheduler von Airflow meldet CroniterBadDateError."),
    Entry::new("schedule-not-positive", "Die Zeit zwischen zwei Läufen muss länger als 0 sein."),
    Entry::new("schedule-out-of-range", "Die Angabe für {field:name} reicht in einem Zeitplan von {smallest} bis {largest}; „{text}“ liegt außerhalb.")
        .engineer("{path}: „{text}“ liegt außerhalb von {smallest} bis {largest}, dem Bereich für {field:name}."),
    Entry::new("schedule-too-new", "Zu Airflow {version} gehört ein croniter, das {notation:name} nicht kennt; Airflow würde den DAG nicht laden.")
        .help("Schreiben Sie ihn anders, zum Beispiel 22,23,0,1,2 statt 22-2.")
        .engineer("{path}: croniter {croniter}, das zu Airflow {version} gehört, lehnt {notation:name} in {value} ab; croniter ab {since} nimmt es an.")
        .engineer_help("Schreiben Sie ihn anders, oder nennen Sie die installierte Version als airflow.croniter in portal.json."),
    Entry::new("schedule-type", "Ein {value} ist kein Zeitplan; möglich sind ein Text, ein timedelta, Assets oder ein Timetable."),
    Entry::new("schedule-unknown-preset", "Einen Zeitplan namens „{preset}“ gibt es nicht.")
        .help("[Meinten Sie {near}? ]Es gibt @once, @hourly, @daily, @weekly, @monthly, @quarterly, @yearly und @continuous."),
    Entry::new("schedule-very-often", "Nach {seconds:Sekunde|Sekunden} läuft das schon wieder.")
        .help("Airflow braucht einige Sekunden, um einen Lauf zu beginnen. Wird einer nicht rechtzeitig fertig, so stauen sich die nächsten dahinter.")
        .engineer("{path}: Der kürzeste Abstand beträgt {seconds} s.")
        .engineer_help("Unter 5 Minuten entscheiden die Verzögerung des Schedulers und max_active_runs, wann Läufe beginnen."),
    Entry::new("schedule-zero-step", "„{text}“ zählt in Abständen von 0.")
        .help("Geben Sie hinter dem Schrägstrich einen Abstand von mindestens 1 an.")
        .engineer("{path}: In „{text}“ beträgt der Abstand für {field:name} 0.")
        .engineer_help(""),
    Entry::new("schema-circle", "Dieses Schema führt für denselben Wert zu sich selbst zurück. Setzen Sie den Verweis unter properties oder items."),
    Entry::new("schema-default", "Die Vorgabe passt nicht zu dem Schema, in dem sie steht, und wird nicht verwendet."),
    Entry::new("schema-doubles", "Dieses Schema wird für einen Wert mehr als {limit}-mal befragt, weil Schemata darum herum es mehrfach einbeziehen. Verweisen Sie nur einmal darauf."),
    Entry::new("schema-empty-list", "Die Liste hat hier mindestens einen Eintrag."),
    Entry::new("schema-expression", "Diese Form kennen weder JSON Schema noch reguläre Ausdrücke mit linearer Laufzeit; Lookaround und Rückverweise werden nicht unterstützt."),
    Entry::new("schema-foreign-reference", "{name:whole} steht in einem anderen Dokument, das nicht gelesen wird: Hier gilt jeder Wert, und er wird als YAML erfragt."),
    Entry::new("schema-format", "Das Format {format} ist nicht bekannt und wird deshalb nicht geprüft. Bekannt sind {known:whole}."),
    Entry::new("schema-hint", "Dieser Hinweis ist nicht bekannt oder nicht mit diesem Wert und wird nicht verwendet. Bekannt sind section, unit, item_title, key_title und pattern_hint (Texte), advanced (true oder false), order (eine Zahl), widget (textarea), labels (Worte für die Werte von enum), language ({languages:whole}) und inventory ({inventories:whole})."),
    Entry::new("schema-hints", "x-ui enthält benannte Hinweise, zum Beispiel section: Lauf. Es wird nicht verwendet."),
    Entry::new("schema-minimum", "Die Zahl ist hier mindestens {limit}."),
    Entry::new("schema-nowhere", "Ein $ref führt hier ins Leere."),
    Entry::new("schema-outermost", "{name:whole} wird immer als das äußerste {anchor:whole} dieses Schemas gelesen."),
    Entry::new("schema-pattern", "Das Muster {pattern:whole} wird nicht geprüft: Lookaround und Rückverweise werden nicht unterstützt, denn die Suche damit kann endlos dauern."),
    Entry::new("schema-pattern-names", "Das Muster {pattern:whole} wird nicht unterstützt, deshalb gilt hier jedes Mitglied: Lookaround und Rückverweise können endlos dauern."),
    Entry::new("schema-reference", "{reference:whole} führt ins Leere. Nennen Sie eine Stelle in diesem Schema, zum Beispiel #/$defs/step."),
    Entry::new("schema-required", "required ist eine Liste von Namen neben properties; true oder false wird nicht gelesen."),
    Entry::new("schema-same-items", "Die Einträge der Liste sind hier alle verschieden."),
    Entry::new("schema-too-deep", "Schemata dürfen {limit} Ebenen tief verschachtelt sein, Verweise mitgezählt."),
    Entry::new("schema-too-many", "Ein Schema darf {limit} Teile haben."),
    Entry::new("schema-type", "JSON Schema erwartet hier etwas anderes: {expected:name}."),
    Entry::new("schema-unknown", "Das kennt JSON Schema 2020-12 an dieser Stelle nicht."),
    Entry::new("schema-values", "JSON Schema kennt hier diese Werte: {options:and}."),
    Entry::new("schema-vocabulary", "Das Vokabular {name:whole} wird hier verlangt und ist nicht bekannt; nach ihm lässt sich nichts prüfen. Bekannt sind nur die von JSON Schema selbst."),
    Entry::new("several-fit", "{title} lässt sich auf mehr als eine Weise lesen, sodass nicht klar ist, was gemeint ist.")
        .help("Entfernen Sie, was nicht zusammengehört.")
        .engineer("{path} passt zu mehr als einem Zweig von oneOf.")
        .engineer_help(""),
    Entry::new("sql-empty", "Geben Sie das SQL für {title} ein.")
        .engineer("{path} enthält kein SQL."),
    Entry::new("sql-unclosed", "{title} öffnet {opening} und schließt es nicht.")
        .help("Suchen Sie die Stelle, an der {opening} einmal zu oft oder einmal zu wenig steht.")
        .engineer("{path}: {opening} wird nicht geschlossen, gleich ob ein Backslash es maskiert.")
        .engineer_help(""),
    Entry::new("task-id", "Airflow nimmt den Namen dieses Schritts nicht an[: „{task_id}“].")
        .help("Erlaubt sind Buchstaben, Ziffern, Bindestriche, Punkte und Unterstriche, höchstens 250 Zeichen.")
        .engineer("[{task_id}: ]Eine task_id darf aus Wortzeichen, Punkten und Bindestrichen bestehen, höchstens 250 Zeichen."),
    Entry::new("template-airflow", "Die Vorlage {id} ist für Airflow {range} gemacht, dieses Portal aber für Airflow {version}.")
        .help("Wählen Sie eine andere Vorlage, oder fragen Sie das Team, das sie pflegt.")
        .engineer("Die Vorlage {id} unterstützt Airflow {range}; die Einstellungen nennen {version}.")
        .engineer_help("Geben Sie mit --airflow oder in portal.json eine andere Version an."),
    Entry::new("template-base", "{id} ist für andere Vorlagen da, nicht für Konfigurationen.")
        .help("Wählen Sie eine andere Vorlage.")
        .engineer("{id} ist eine Grundlage für andere Vorlagen: Ihr status ist base.")
        .engineer_help("Verwenden Sie eine Vorlage, die sie erweitert."),
    Entry::new("template-captured", "Diese Vorlage lässt sich zurzeit nicht verwenden: Sie setzt Text ein, wo ein Wert hingehört.")
        .help("Sagen Sie dem Team Bescheid, das die Vorlage pflegt.")
        .engineer("Der Text eines Makros wird als Wert verwendet. Seine Werte sind schon Literale und würden zweimal maskiert.")
        .engineer_help("Lassen Sie den Aufruf des Makros allein zwischen seinen Klammern stehen, ohne Filter und Operatoren."),
    Entry::new("template-character", "Diese Vorlage lässt sich zurzeit nicht verwenden: Sie enthält Zeichen, die Dagwright sich selbst vorbehält.")
        .help("Sagen Sie dem Team Bescheid, das die Vorlage pflegt.")
        .engineer("Die Datei enthält eines der Zeichen U+F5A00 bis U+F5A02, die ausgegebene Werte markieren.")
        .engineer_help("Entfernen Sie das Zeichen."),
    Entry::new("template-condition", "Diese Vorlage lässt sich zurzeit nicht verwenden: Sie sagt nicht richtig, wann sie eine Datei schreibt.")
        .help("Sagen Sie dem Team Bescheid, das die Vorlage pflegt.")
        .engineer("Die Bedingung einer Ausgabe lässt sich nicht verwenden: {detail:whole}")
        .engineer_help("Schreiben Sie einen einzigen Jinja-Ausdruck wie parameters.size > 1"),
    Entry::new("template-duplicate-id", "Zwei Vorlagen heißen {id}.")
        .help("Sagen Sie dem Team Bescheid, das den Katalog pflegt.")
        .engineer("Zwei Vorlagen haben die id {id} und die Version {version}; diese wird ausgelassen.")
        .engineer_help("Geben Sie einer von beiden eine andere id oder Version."),
    Entry::new("template-ending", "Diese Vorlage lässt sich zurzeit nicht verwenden: Sie schreibt Werte in eine Art von Datei, die nicht bekannt ist.")
        .help("Sagen Sie dem Team Bescheid, das die Vorlage pflegt.")
        .engineer("Werte können nur in Dateien geschrieben werden, deren Name vor .j2 auf .cfg, .json, .md, .py, .sh, .sql, .tf, .toml, .yaml oder .yml endet; {what} tut das nicht.")
        .engineer_help("Benennen Sie die Datei um, oder nehmen Sie den Platzhalter heraus."),
    Entry::new("template-endless", "Diese Vorlage kommt mit diesen Antworten zu keinem Ende.")
        .help("Sagen Sie dem Team Bescheid, das die Vorlage pflegt.")
        .engineer("Das Füllen der Vorlage wurde nach zu vielen Schritten abgebrochen, in Zeile {line}: {detail:whole}")
        .engineer_help("Suchen Sie nach einer Schleife über einen langen Bereich oder nach einem Makro, das sich selbst aufruft."),
    Entry::new("template-failed", "Diese Vorlage ließ sich mit diesen Antworten nicht füllen.")
        .help("Sagen Sie dem Team Bescheid, das die Vorlage pflegt.")
        .engineer("Das Füllen der Vorlage ist in Zeile {line} gescheitert: {detail:whole}")
        .engineer_help(""),
    Entry::new("template-file-ending", "Diese Vorlage lässt sich zurzeit nicht verwenden: Ihre Dateien passen nicht zusammen.")
        .help("Sagen Sie dem Team Bescheid, das die Vorlage pflegt.")
        .engineer("Eine Datei kann nur Dateien mit der eigenen Endung einbinden, erweitern oder importieren, und render() setzt nur eine Datei .md.j2 in eine Datei .py.j2 ein; {what} tut weder das eine noch das andere.")
        .engineer_help(""),
    Entry::new("template-file-unknown", "Diese Vorlage lässt sich zurzeit nicht verwenden: Eine ihrer Dateien fehlt.")
        .help("Sagen Sie dem Team Bescheid, das die Vorlage pflegt.")
        .engineer("Im Ordner der Vorlage gibt es keine Datei „{what}“. Namen von Dateien müssen ausgeschrieben sein, damit jede geprüft werden kann.")
        .engineer_help(""),
    Entry::new("template-filter", "Diese Vorlage lässt sich zurzeit nicht verwenden: Sie verlangt einen Filter, der nicht erlaubt ist.")
        .help("Sagen Sie dem Team Bescheid, das die Vorlage pflegt.")
        .engineer("Der Filter „{what}“ ist nicht erlaubt, oder es gibt ihn nicht.")
        .engineer_help("docs/authors.md zählt die Filter auf. Ein Wert wird von selbst zum Literal; er braucht keine Maskierung."),
    Entry::new("template-format-string", "Diese Vorlage lässt sich zurzeit nicht verwenden: Ein f-String in ihr ist unterbrochen.")
        .help("Sagen Sie dem Team Bescheid, das die Vorlage pflegt.")
        .engineer("Ein Tag steht in einem f-String oder einem t-String, oder die Zeichenkette endet nicht. Python führt aus, was in ihren geschweiften Klammern steht, und ein Wert könnte eigene Klammern mitbringen.")
        .engineer_help("Geben Sie den Wert erst einer Python-Variablen, und nennen Sie diese im f-String."),
    Entry::new("template-gap", "Diese Vorlage lässt sich zurzeit nicht verwenden: Sie legt eine Datei an einen Ort, den es nicht gibt.")
        .help("Sagen Sie dem Team Bescheid, das die Vorlage pflegt.")
        .engineer("Im Pfad einer Ausgabe ist der Name {what} nicht bekannt.")
        .engineer_help("Verwenden Sie package, name, dag_id, environment oder parameters.…, und item oder index, wo die Ausgabe for_each hat."),
    Entry::new("template-hidden-required", "Diese Vorlage lässt sich zurzeit nicht verwenden: Sie lässt eine Frage aus, die beantwortet werden muss.")
        .help("Sagen Sie dem Team Bescheid, das die Vorlage pflegt.")
        .engineer("hide nimmt {name} weg, das erforderlich ist und keine Vorgabe hat.")
        .engineer_help("Geben Sie ihm mit fix einen Wert."),
    Entry::new("template-incomplete", "Diese Vorlage lässt sich zurzeit nicht verwenden: Ein Teil von ihr fehlt.")
        .help("Sagen Sie dem Team Bescheid, das die Vorlage pflegt.")
        .engineer("Es gibt keine {name}, weder in dieser Datei noch in einer Elternvorlage.")
        .engineer_help(""),
    Entry::new("template-inherited-unknown", "Diese Vorlage lässt sich zurzeit nicht verwenden: Sie ändert eine Frage, die es nicht gibt.")
        .help("Sagen Sie dem Team Bescheid, das die Vorlage pflegt.")
        .engineer("Es gibt keinen Parameter {name}, der sich verbergen oder festlegen ließe.")
        .engineer_help(""),
    Entry::new("template-memory", "Diese Vorlage macht zu viel aus diesen Antworten.")
        .help("Sagen Sie dem Team Bescheid, das die Vorlage pflegt.")
        .engineer("Das Füllen wurde abgebrochen: Die Texte und Listen, die die Vorlage unterwegs bildet, sind zusammen größer als 32 MB.")
        .engineer_help("Suchen Sie nach replace, join oder ~ mit langen Texten, nach Listen, die sich immer wieder selbst enthalten, und nach einem Makro, das sich selbst aufruft."),
    Entry::new("template-merge-type", "Diese Vorlage lässt sich zurzeit nicht verwenden: Sie passt nicht zu der Vorlage, aus der sie gemacht ist.")
        .help("Sagen Sie dem Team Bescheid, das die Vorlage pflegt.")
        .engineer("Der Parameter {name} hat hier einen Typ, den {id} nicht erlaubt.")
        .engineer_help("Erlauben Sie einige der Typen, die die Elternvorlage erlaubt, oder verwenden Sie einen anderen Namen."),
    Entry::new("template-name", "Diese Vorlage lässt sich zurzeit nicht verwenden: Sie verwendet einen Namen, den Dagwright sich selbst vorbehält.")
        .help("Sagen Sie dem Team Bescheid, das die Vorlage pflegt.")
        .engineer("Namen, die mit zwei Unterstrichen beginnen, gehören der Engine, und render kann nur aufgerufen werden: {what}")
        .engineer_help(""),
    Entry::new("template-output", "Diese Vorlage ließ sich mit diesen Antworten nicht füllen.")
        .help("Sagen Sie dem Team Bescheid, das die Vorlage pflegt.")
        .engineer("Die erzeugte Datei ist kein Python: {detail:whole}[, in der Zeile {code}]")
        .engineer_help(""),
    Entry::new("template-output-depth", "Diese Vorlage ließ sich mit diesen Antworten nicht füllen.")
        .help("Sagen Sie dem Team Bescheid, das die Vorlage pflegt.")
        .engineer("Die erzeugte Datei ist tiefer verschachtelt, als sie sich sicher lesen lässt[, in der Zeile {code}]")
        .engineer_help(""),
    Entry::new("template-output-format", "Diese Vorlage ließ sich mit diesen Antworten nicht füllen.")
        .help("Sagen Sie dem Team Bescheid, das die Vorlage pflegt.")
        .engineer("Die erzeugte Datei ist kein {format}[: {detail:whole}][, in der Zeile {code}]")
        .engineer_help(""),
    Entry::new("template-output-jinja", "Mit dem Text um sie herum würde aus dieser Antwort {found}. Airflow würde das als Formel ausführen.")
        .help("Lassen Sie die geschweiften Klammern weg, oder sagen Sie dem Team Bescheid, das die Vorlage pflegt.")
        .engineer("Ein Wert bildet oder ergänzt {found}. Airflow würde das ausführen[, in der Zeile {code}]")
        .engineer_help("Jinja für Airflow muss am Stück in der Vorlage stehen oder in einer Antwort mit dem Format airflow-jinja."),
    Entry::new("template-output-path", "Diese Vorlage lässt sich zurzeit nicht verwenden: Sie sagt nicht, wohin sie eine Datei legt.")
        .help("Sagen Sie dem Team Bescheid, das die Vorlage pflegt.")
        .engineer("Nur eine erste Ausgabe, die auf .py endet, darf ohne Pfad sein: {what}")
        .engineer_help("Geben Sie der Ausgabe einen path."),
    Entry::new("template-output-place", "Diese Vorlage ließ sich mit dieser Antwort nicht füllen.")
        .help("Sagen Sie dem Team Bescheid, das die Vorlage pflegt.")
        .engineer("Ein Wert steht nicht dort, wo in {format} ein Wert stehen darf[, in der Zeile {code}]")
        .engineer_help("Setzen Sie den Platzhalter dorthin, wo ein ganzer Wert steht, zwischen Leerzeichen oder Klammern: nicht in einen Text, einen Kommentar oder einen Namen, und nicht dorthin, wo ein Befehl genannt wird."),
    Entry::new("template-output-value", "Diese Vorlage ließ sich mit dieser Antwort nicht füllen.")
        .help("Sagen Sie dem Team Bescheid, das die Vorlage pflegt.")
        .engineer("Ein Wert ist in der erzeugten Datei kein eigenes Literal[, in der Zeile {code}]")
        .engineer_help("Setzen Sie den Platzhalter dorthin, wo ein ganzer Ausdruck stehen darf: nicht in einen f-String, eine Annotation oder ein case, nicht neben einen anderen Text, nicht links von % und nicht vor einen Punkt oder eine Klammer, auch nicht als Teil eines Textes."),
    Entry::new("template-parent-broken", "Diese Vorlage lässt sich zurzeit nicht verwenden: Die Vorlage, aus der sie gemacht ist, lässt sich nicht verwenden.")
        .help("Sagen Sie dem Team Bescheid, das die Vorlage pflegt.")
        .engineer("{wanted} lässt sich nicht laden, daher kann diese Vorlage sie nicht erweitern.")
        .engineer_help("Berichtigen Sie erst die Elternvorlage; was an ihr falsch ist, steht bei ihren Dateien."),
    Entry::new("template-parent-cycle", "Diese Vorlage lässt sich zurzeit nicht verwenden: Sie ist aus sich selbst gemacht.")
        .help("Sagen Sie dem Team Bescheid, das die Vorlage pflegt.")
        .engineer("Vorlagen erweitern einander im Kreis: {ring:whole}")
        .engineer_help("Nehmen Sie eines der extends weg."),
    Entry::new("template-parent-depth", "Diese Vorlage lässt sich zurzeit nicht verwenden: Sie ist aus zu vielen anderen gemacht.")
        .help("Sagen Sie dem Team Bescheid, das die Vorlage pflegt.")
        .engineer("Eine Vorlage darf höchstens {limit} Elternvorlagen haben, deren eigene mitgezählt.")
        .engineer_help(""),
    Entry::new("template-parent-missing", "Diese Vorlage lässt sich zurzeit nicht verwenden: Die Vorlage, aus der sie gemacht ist, fehlt.")
        .help("Sagen Sie dem Team Bescheid, das die Vorlage pflegt.")
        .engineer("Es gibt keine Vorlage {wanted}, die sich erweitern ließe.[ Meinten Sie {near}?]")
        .engineer_help("Berichtigen Sie die Kennung oder die Version."),
    Entry::new("template-placeholder", "Diese Vorlage lässt sich zurzeit nicht verwenden: Sie setzt einen Wert mitten in einen Text oder einen Kommentar.")
        .help("Sagen Sie dem Team Bescheid, das die Vorlage pflegt.")
        .engineer("Ein Platzhalter steht in einer Zeichenkette, einem f-String oder einem Kommentar, oder er berührt einen Namen. Ein Wert ist ein ganzes Literal, samt Anführungszeichen.")
        .engineer_help("Nehmen Sie die Anführungszeichen weg. Einen Text setzen Sie im Platzhalter aus seinen Teilen zusammen: \"Lauf von \" ~ name"),
    Entry::new("template-risk", "Diese Vorlage lässt Antworten mehr entscheiden, als sie sollten.")
        .help("Sagen Sie dem Team Bescheid, das die Vorlage pflegt.")
        .engineer("Werte, die zu {what} gelangen, sind dort mehr als Daten: Python, eine Shell oder Airflow führt sie aus oder schlägt nach, was sie nennen.")
        .engineer_help("Geben Sie Antworten als einfache Argumente oder Umgebungsvariablen weiter, oder wählen Sie mit if zwischen dem, was die Vorlage selbst sagt."),
    Entry::new("template-schema", "Diese Vorlage lässt sich zurzeit nicht verwenden: Was sie fragt, ist nicht richtig beschrieben.")
        .help("Sagen Sie dem Team Bescheid, das die Vorlage pflegt.")
        .engineer("Das Schema der Parameter: {detail:whole}")
        .engineer_help(""),
    Entry::new("template-schema-part", "Ein Teil dessen, was diese Vorlage verlangt, wird hier nicht geprüft.")
        .help("Sie können sie verwenden. Sagen Sie dem Team Bescheid, das die Vorlage pflegt.")
        .engineer("Das Schema der Parameter: {detail:whole}")
        .engineer_help(""),
    Entry::new("template-statement", "Diese Vorlage lässt sich zurzeit nicht verwenden: Sie enthält eine Anweisung, die nicht erlaubt ist.")
        .help("Sagen Sie dem Team Bescheid, das die Vorlage pflegt.")
        .engineer("Vorlagen dürfen {what:name} nicht verwenden: Damit ließen sich Werte noch ändern, nachdem sie Literale geworden sind.")
        .engineer_help("Verwenden Sie eine set-Anweisung mit einem Ausdruck, ein Makro oder einen Filter im Platzhalter."),
    Entry::new("template-syntax", "Diese Vorlage lässt sich zurzeit nicht verwenden: Sie ist nicht lesbar.")
        .help("Sagen Sie dem Team Bescheid, das die Vorlage pflegt.")
        .engineer("Die Datei ist keine Jinja-Vorlage: {detail:whole}")
        .engineer_help(""),
    Entry::new("template-too-deep", "Diese Vorlage lässt sich zurzeit nicht verwenden: Sie ist zu tief verschachtelt.")
        .help("Sagen Sie dem Team Bescheid, das die Vorlage pflegt.")
        .engineer("Die Datei ist tiefer verschachtelt, als sie sich sicher lesen lässt, oder ein Tag ist länger als 2.000 Bytes.")
        .engineer_help("Teilen Sie sie mit Makros oder Includes auf."),
    Entry::new("template-too-large", "Diese Vorlage lässt sich zurzeit nicht verwenden: Sie ist zu groß.")
        .help("Sagen Sie dem Team Bescheid, das die Vorlage pflegt.")
        .engineer("Die Datei ist größer als {limit}.")
        .engineer_help("Teilen Sie sie mit Includes auf."),
    Entry::new("template-unbalanced", "Diese Vorlage lässt sich zurzeit nicht verwenden: Einer ihrer Teile öffnet oder schließt einen Text, den er mit anderen teilt.")
        .help("Sagen Sie dem Team Bescheid, das die Vorlage pflegt.")
        .engineer("Ein Zweig, eine Schleife, ein Block, ein Makro oder eine Datei beginnt im Code und endet in einer Zeichenkette oder einem Kommentar, oder umgekehrt. Wo Werte stehen, hinge von den Antworten ab.")
        .engineer_help("Lassen Sie jeden Teil dort enden, wo er beginnt: Öffnen und schließen Sie jede Zeichenkette in ihm, und beenden Sie einen Kommentar mit seiner Zeile."),
    Entry::new("template-undefined", "Dieser Vorlage fehlt noch eine Antwort.")
        .help("Beantworten Sie die Fragen, die noch offen sind.")
        .engineer("Ein Platzhalter hat keinen Wert. Der Parameter ist freiwillig und hat keine Vorgabe.")
        .engineer_help("Geben Sie ihm im Schema eine Vorgabe, oder setzen Sie den Platzhalter in einen if-Block."),
    Entry::new("template-value-kind", "Diese Vorlage ließ sich mit dieser Antwort nicht füllen.")
        .help("Sagen Sie dem Team Bescheid, das die Vorlage pflegt.")
        .engineer("Der Wert ist weder Text noch Zahl, Wahrheitswert, Liste oder Zuordnung und hat deshalb kein Literal.")
        .engineer_help(""),
    Entry::new("template-version", "Die Vorlage {id} liegt hier in Version {version} vor, und diese Konfiguration verlangt Version {wanted}.")
        .help("Schreiben Sie {id}@{version}, um die Version zu verwenden, die hier vorliegt. Sehen Sie sich an, was dann geschrieben wird, bevor Sie es verwenden.")
        .engineer("Der Katalog enthält {id} {version}; die Konfiguration verlangt {wanted}.")
        .engineer_help("Ändern Sie die Version in der Konfiguration, oder nehmen Sie diese Version in den Katalog auf."),
    Entry::new("too-few-entries", "{title} braucht mindestens {limit:Eintrag|Einträge}.")
        .help("Ergänzen Sie, was fehlt.")
        .engineer("{path} hat zu wenige Elemente; minProperties ist {limit}.")
        .engineer_help(""),
    Entry::new("too-few-items", "{title} braucht mindestens {limit:Eintrag|Einträge}.")
        .help("Ergänzen Sie, was fehlt.")
        .engineer("{path} hat zu wenige Einträge; minItems ist {limit}.")
        .engineer_help(""),
    Entry::new("too-large", "{title} darf höchstens {limit} sein.")
        .engineer("{path} liegt über dem Höchstwert {limit}."),
    Entry::new("too-long", "{title} darf höchstens {limit} Zeichen lang sein.")
        .help("Jetzt sind es {length}.")
        .engineer("{path} hat {length} Zeichen; erlaubt sind {limit}.")
        .engineer_help(""),
    Entry::new("too-many-entries", "{title} darf höchstens {limit:Eintrag|Einträge} haben.")
        .help("Entfernen Sie einige.")
        .engineer("{path} hat zu viele Elemente; maxProperties ist {limit}.")
        .engineer_help(""),
    Entry::new("too-many-items", "{title} darf höchstens {limit:Eintrag|Einträge} haben.")
        .help("Jetzt sind es {count}. Entfernen Sie einige.")
        .engineer("{path} hat {count:Eintrag|Einträge}; erlaubt sind {limit}.")
        .engineer_help(""),
    Entry::new("too-short", "{title} muss mindestens {limit} Zeichen lang sein.")
        .help("Jetzt sind es {length}.")
        .engineer("{path} hat {length} Zeichen; minLength ist {limit}.")
        .engineer_help(""),
    Entry::new("too-small", "{title} muss mindestens {limit} sein.")
        .engineer("{path} liegt unter dem Mindestwert {limit}."),
    Entry::new("unknown-asset", "{title} nennt „{name}“; das gehört nicht zu den Datenbeständen, die hier bekannt sind.")
        .help("[Meinten Sie „{near}“? ]Fragen Sie das Team, das Airflow betreut, ob es diese Daten gibt und wer sie aktualisiert.")
        .engineer("{path}: Das Inventar enthält kein Asset „{name}“.")
        .engineer_help("[Meinten Sie {near}?]"),
    Entry::new("unknown-connection", "{title} nennt „{name}“; das gehört nicht zu den Verbindungen, die hier bekannt sind.")
        .help("[Meinten Sie „{near}“? ]Fragen Sie das Team, das Airflow betreut, ob es das gibt.")
        .engineer("{path}: Das Inventar enthält keine Verbindung „{name}“.")
        .engineer_help("[Meinten Sie {near}?]"),
    Entry::new("unknown-dependency", "Ein Schritt wartet auf einen, den es nicht gibt[: „{name}“].")
        .help("[Meinten Sie „{near}“? ]Berichtigen Sie den Namen, oder ergänzen Sie den fehlenden Schritt.")
        .engineer("Eine Abhängigkeit nennt etwas, das hier kein Task ist[: {name}]."),
    Entry::new("unknown-environment", "Eine Umgebung namens „{name}“ gibt es hier nicht.")
        .help("[Meinten Sie „{near}“? ]Die Umgebungen sind {known:and}.")
        .engineer("„{name}“ ist keine Umgebung der Einstellungen, oder sonst der Konfiguration.")
        .engineer_help("[Meinten Sie {near}? ]Bekannt: {known:and}."),
    Entry::new("unknown-parameter", "Eine Angabe namens „{name}“ gibt es hier nicht.")
        .help("[Meinten Sie „{near}“? ]Benennen Sie sie um, oder entfernen Sie sie.")
        .engineer("{path} steht nicht im Schema.")
        .engineer_help("[Meinten Sie {near}? ]Weitere Elemente werden hier abgelehnt."),
    Entry::new("unknown-pool", "{title} nennt „{name}“; das gehört nicht zu den Pools, die hier bekannt sind.")
        .help("[Meinten Sie „{near}“? ]Fragen Sie das Team, das Airflow betreut, ob es das gibt.")
        .engineer("{path}: Das Inventar enthält keinen Pool „{name}“.")
        .engineer_help("[Meinten Sie {near}?]"),
    Entry::new("unknown-template", "Eine Vorlage namens „{id}“ gibt es hier nicht.")
        .help("[Meinten Sie „{near}“? ][Bekannt sind: {known}. ]Prüfen Sie die Schreibweise vor dem @.")
        .engineer("Der Katalog enthält keine Vorlage „{id}“.")
        .engineer_help("[Meinten Sie {near}? ][Bekannt: {known}.]"),
    Entry::new("unknown-variable", "{title} nennt „{name}“; das gehört nicht zu den Variablen, die hier bekannt sind.")
        .help("[Meinten Sie „{near}“? ]Fragen Sie das Team, das Airflow betreut, ob es das gibt.")
        .engineer("{path}: Das Inventar enthält keine Variable „{name}“.")
        .engineer_help("[Meinten Sie {near}?]"),
    Entry::new("value-character", "Diese Antwort enthält ein Zeichen, das sich hier nicht schreiben lässt.")
        .help("Lassen Sie Steuerzeichen weg, ebenso Leerzeichen am Anfang und am Ende.")
        .engineer("Die Antwort enthält ein Zeichen, das sich an dieser Stelle in {format} nicht schreiben lässt.")
        .engineer_help(""),
    Entry::new("value-too-deep", "{title} ist zu tief verschachtelt.")
        .help("Verwenden Sie weniger Listen in Listen.")
        .engineer("Der Wert ist tiefer als 32 Ebenen verschachtelt."),
    Entry::new("value-too-nested", "{title} ist mehr als {limit:Ebene|Ebenen} tief verschachtelt; das zu prüfen dauert mit diesem Schema zu lange.")
        .help("Verwenden Sie weniger Listen und Gruppen ineinander.")
        .engineer("{path} ist mehr als {limit:Ebene|Ebenen} tief verschachtelt; sein Schema bezieht auf jeder Ebene andere mehrfach ein.")
        .engineer_help("Verschachteln Sie weniger, oder verweisen Sie im Schema auf jedes nur einmal."),
    Entry::new("wrong-type", "In {title} wird etwas anderes erwartet: {expected:name}, nicht {actual:name}.")
        .engineer("{path} muss etwas anderes sein: {expected:name}, nicht {actual:name}."),
    Entry::new("yaml-alias", "Hier steht ein Anker (&) oder ein Alias (*), den ein Formular nicht zeigen kann.")
        .help("Schreiben Sie den Wert an jeder Stelle aus.")
        .engineer("Anker und Aliasse werden nicht gelesen.")
        .engineer_help("Schreiben Sie den Wert an jeder Stelle aus."),
    Entry::new("yaml-ambiguous", "„{text}“ wird von manchen Programmen als {reading:name} gelesen und von anderen als Text oder Zahl.")
        .help("Setzen Sie es in Anführungszeichen, wenn es Text ist.")
        .engineer("Der einfache Skalar „{text}“ wird nach YAML 1.1, etwa von PyYAML, als {reading:name} gelesen, nach YAML 1.2 nicht.")
        .engineer_help("Setzen Sie ihn in Anführungszeichen."),
    Entry::new("yaml-duplicate-key", "„{key}“ steht zweimal da. Nur die erste Angabe zählt.")
        .help("Entfernen Sie eine von beiden.")
        .engineer("Der Schlüssel „{key}“ steht doppelt da.")
        .engineer_help("Entfernen Sie einen von beiden."),
    Entry::new("yaml-key-not-text", "Vor einem Doppelpunkt fehlt ein Name, oder er ist eine Liste.")
        .help("Schreiben Sie jede Angabe als Name: Wert")
        .engineer("Schlüssel müssen Skalare sein."),
    Entry::new("yaml-number", "{text} ist eine Zahl, die sich nicht genau behalten lässt.")
        .help("Verwenden Sie eine Zahl zwischen -9.223.372.036.854.775.808 und 18.446.744.073.709.551.615.")
        .engineer("{text} passt nicht in 64 Bit oder ist nicht endlich.")
        .engineer_help("Setzen Sie sie in Anführungszeichen, wenn sie Text ist."),
    Entry::new("yaml-rewritten", "Die Kommentare der Konfiguration ließen sich bei dieser Änderung nicht erhalten.")
        .help("Tragen Sie sie nach dem Herunterladen von Hand wieder ein.")
        .engineer("Die Änderung ließ sich nicht an Ort und Stelle vornehmen; das Dokument wird neu geschrieben, ohne seine Kommentare."),
    Entry::new("yaml-several-documents", "Hier steht mehr als ein Dokument.")
        .help("Eine Datei enthält eine Konfiguration. Entfernen Sie die Zeile --- und alles, was ihr folgt.")
        .engineer("Eine Datei enthält mehr als ein YAML-Dokument.")
        .engineer_help("Eine Datei enthält eine Konfiguration."),
    Entry::new("yaml-syntax", "Ab hier lässt sich das nicht lesen.")
        .help("Sehen Sie sich diese und die vorige Zeile an: Vielleicht fehlt ein Anführungszeichen, eine Klammer oder ein Leerzeichen, oder es steht ein Tabulator da.")
        .engineer("YAML-Syntax: {detail:whole}"),
    Entry::new("yaml-tag", "Hier steht ein Tag (!), das ein Formular nicht zeigen kann.")
        .help("Entfernen Sie das Wort, das mit einem Ausrufezeichen beginnt.")
        .engineer("Tags werden nicht gelesen.")
        .engineer_help("Entfernen Sie das Tag."),
    Entry::new("yaml-too-deep", "Das ist tiefer als {limit} Ebenen verschachtelt.")
        .help("Verwenden Sie weniger Listen in Listen.")
        .engineer("Tiefer als {limit} Ebenen verschachtelt."),
    Entry::new("yaml-too-large", "Das ist größer als {limit}, und so groß ist keine Konfiguration.")
        .help("Prüfen Sie, ob es die richtige Datei ist.")
        .engineer("Das Dokument ist größer als {limit}."),
    Entry::new("yaml-too-many-values", "Das enthält mehr als {limit} Werte.")
        .help("Prüfen Sie, ob es die richtige Datei ist.")
        .engineer("Mehr als {limit} Werte in einem Dokument."),
    Entry::new("yaml-unclosed", "Die Klammer {opening} wird nicht geschlossen.")
        .help("Setzen Sie die schließende Klammer hinter den letzten Eintrag oder, wenn die Klammer zum Text gehört, Anführungszeichen um diesen.")
        .engineer("YAML-Syntax: {opening} wird nicht geschlossen."),
];
