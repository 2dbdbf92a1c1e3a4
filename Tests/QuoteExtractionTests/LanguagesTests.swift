import Hearsay
import QuoteExtraction
import SentenceSplitting
import TestSupport
import Testing

@Suite("Other languages have cues of their own")
struct LanguagesTests {
  /// Each quote of the text as `kind|text|speaker|name`.
  private func quotes(_ text: String, in language: String?) throws -> [String] {
    var document = Document(id: "t", text: text)
    if let language { document.metadata["language"] = .string(language) }
    SplitSentences(.init()).process(&document)
    try ExtractQuotes(.init()).process(&document)
    return document[Quotes.self].map { quote in
      let speaker = quote.speaker.map { document.text(in: $0.spans) } ?? "-"
      return "\(quote.kind.rawValue)|\(document.text(in: quote.spans))|\(speaker)|\(quote.speaker?.name ?? "-")"
    }
  }

  @Test(
    arguments: [
      ("„Wir haben gewonnen“, sagte Anna Berg.", ["direct|Wir haben gewonnen|Anna Berg|Anna Berg"]),
      (
        "Bürgermeisterin Anna Berg sagte am Montag: „Wir haben gewonnen.“",
        ["direct|Wir haben gewonnen.|Bürgermeisterin Anna Berg|Anna Berg"]
      ),
      ("»Das wird teuer«, warnte der Sprecher der Polizei.", ["direct|Das wird teuer|der Sprecher der Polizei|-"]),
      (
        "„Das wird teuer“, so Finanzminister Christian Lindner.",
        ["direct|Das wird teuer|Finanzminister Christian Lindner|Christian Lindner"]
      ),
      ("„Das wird teuer“, hat Anna Berg gesagt.", ["direct|Das wird teuer|Anna Berg|Anna Berg"]),
      ("„Wir haben gewonnen“, sagte sie, „und zwar deutlich.“", ["direct|Wir haben gewonnen und zwar deutlich.|sie|-"]),
      (
        "Anna Berg trat am Abend vor die Presse. „Das war knapp“, sagte Berg der Deutschen Presse-Agentur. „Aber es hat gereicht.“",
        ["direct|Das war knapp Aber es hat gereicht.|Berg|Anna Berg"]
      ),
      (
        "Der Minister erklärte, dass die Brücke im Mai geöffnet werde.",
        ["indirect|die Brücke im Mai geöffnet werde|Der Minister|-"]
      ),
      ("Berg sagte, die Lage sei ernst.", ["indirect|die Lage sei ernst|Berg|-"]),
      ("Die Lage sei ernst, sagte Berg.", ["indirect|Die Lage sei ernst|Berg|-"]),
      ("Laut Polizei wurden drei Menschen verletzt.", ["indirect|wurden drei Menschen verletzt|Polizei|-"]),
      (
        "Nach Angaben der Polizei wurden drei Menschen verletzt.",
        ["indirect|wurden drei Menschen verletzt|der Polizei|-"]
      ),
      ("Drei Menschen wurden nach Angaben der Feuerwehr verletzt.", ["indirect|Drei Menschen wurden|der Feuerwehr|-"]),
      ("Er nannte den Plan „völlig verrückt“.", ["mixed|den Plan „völlig verrückt“|Er|-"]),
      ("Berg bezeichnete den Plan als „Katastrophe“ und ging.", ["mixed|den Plan als „Katastrophe“|Berg|-"]),
      ("Auf die Frage, ob er zurücktrete, antwortete Klein: „Nein.“", ["direct|Nein.|Klein|-"]),
      (
        "\"Das ist falsch\", betonte die Kanzlerin. \"Wir zahlen nicht.\"",
        ["direct|Das ist falsch Wir zahlen nicht.|die Kanzlerin|-"]
      ),
      ("„Ich gehe nicht“, rief Klein den Demonstranten zu.", ["direct|Ich gehe nicht|Klein|-"]),
      ("„Es ist vorbei“, teilte das Ministerium am Dienstag mit.", ["direct|Es ist vorbei|das Ministerium|-"]),
      ("Der sogenannte „Plan“ scheiterte.", ["scare|Plan|-|-"]),
      ("Wie die Polizei mitteilte, wurde niemand verletzt.", []),
      (
        "„Wir werden prüfen, ob das stimmt“, kündigte Innenministerin Nancy Faeser an.",
        ["direct|Wir werden prüfen, ob das stimmt|Innenministerin Nancy Faeser|Nancy Faeser"]
      ),
    ] as [(String, [String])])
  func german(_ text: String, _ expected: [String]) throws {
    #expect(try quotes(text, in: "de") == expected)
  }

  @Test(
    arguments: [
      ("« Nous avons gagné », a déclaré Anne Dubois.", ["direct|Nous avons gagné|Anne Dubois|Anne Dubois"]),
      ("« Nous avons gagné », dit-elle.", ["direct|Nous avons gagné|elle|-"]),
      ("Le ministre a affirmé que le pont ouvrira en mai.", ["indirect|le pont ouvrira en mai|Le ministre|-"]),
      (
        "La maire Anne Dubois a déclaré lundi : « Nous avons gagné. »",
        ["direct|Nous avons gagné.|La maire Anne Dubois|Anne Dubois"]
      ),
      ("« C’est fini, a dit M. Dubois, et nous partons. »", ["direct|C’est fini et nous partons.|M. Dubois|Dubois"]),
      (
        "“C'est fini”, a prévenu la porte-parole du gouvernement.",
        ["direct|C'est fini|la porte-parole du gouvernement|-"]
      ),
      ("Selon l’AFP, trois personnes ont été blessées.", ["indirect|trois personnes ont été blessées|l’AFP|AFP"]),
      ("Trois personnes ont été blessées, selon la police.", ["indirect|Trois personnes ont été blessées|la police|-"]),
      ("D'après le maire, trois personnes ont été blessées.", ["indirect|trois personnes ont été blessées|le maire|-"]),
      ("Le président a jugé « inacceptable » la décision.", ["scare|inacceptable|-|-"]),
      ("« Je ne partirai pas », a-t-il ajouté.", ["direct|Je ne partirai pas|il|-"]),
      (
        "Anne Dubois est arrivée lundi. « Je ne partirai pas », a-t-elle ajouté.",
        ["direct|Je ne partirai pas|elle|Anne Dubois"]
      ),
      (
        "« C’est un scandale ! » s’est exclamé le député Jean Martin.",
        ["direct|C’est un scandale !|le député Jean Martin|Jean Martin"]
      ),
      ("« Pourquoi ? », demande Jean Martin.", ["direct|Pourquoi ?|Jean Martin|Jean Martin"]),
      ("Le soi-disant « plan » a échoué.", ["scare|plan|-|-"]),
      (
        "La situation est grave, a déclaré le premier ministre.",
        ["indirect|La situation est grave|le premier ministre|-"]
      ),
      (
        "« Il faut agir », explique Paul Durand, directeur de l’usine.", ["direct|Il faut agir|Paul Durand|Paul Durand"]
      ),
      ("Le parti a assuré qu’il n’y aurait pas d’accord.", ["indirect|il n’y aurait pas d’accord|Le parti|-"]),
    ] as [(String, [String])])
  func french(_ text: String, _ expected: [String]) throws {
    #expect(try quotes(text, in: "fr") == expected)
  }

  @Test(
    arguments: [
      ("«Hemos ganado», dijo Ana López.", ["direct|Hemos ganado|Ana López|Ana López"]),
      ("“Hemos ganado”, aseguró la ministra.", ["direct|Hemos ganado|la ministra|-"]),
      (
        "\"Hemos ganado\", ha dicho el presidente del Gobierno, Pedro Sánchez.",
        ["direct|Hemos ganado|el presidente del Gobierno|-"]
      ),
      ("El ministro afirmó que el puente se abrirá en mayo.", ["indirect|el puente se abrirá en mayo|El ministro|-"]),
      (
        "La alcaldesa Ana López declaró el lunes: “Hemos ganado”.",
        ["direct|Hemos ganado|La alcaldesa Ana López|Ana López"]
      ),
      (
        "Según la policía, tres personas resultaron heridas.",
        ["indirect|tres personas resultaron heridas|la policía|-"]
      ),
      (
        "Tres personas resultaron heridas, según fuentes policiales.",
        ["indirect|Tres personas resultaron heridas|fuentes policiales|-"]
      ),
      ("De acuerdo con la fiscalía, no hubo delito.", ["indirect|no hubo delito|la fiscalía|-"]),
      ("“No me iré”, añadió.", ["direct|No me iré|-|-"]),
      (
        "“Hemos ganado”, dijo Ana López. “Ha sido difícil”, añadió.",
        ["direct|Hemos ganado|Ana López|Ana López", "direct|Ha sido difícil|Ana López|Ana López"]
      ),
      ("“Hemos ganado”, dijo López, “y con claridad”.", ["direct|Hemos ganado y con claridad|López|López"]),
      ("El llamado “plan” fracasó.", ["scare|plan|-|-"]),
      ("La situación es grave, advirtió el ministro.", ["indirect|La situación es grave|el ministro|-"]),
      (
        "“¿Quién pagará?”, preguntó el diputado Juan Pérez.",
        ["direct|¿Quién pagará?|el diputado Juan Pérez|Juan Pérez"]
      ),
      ("El presidente dijo no estar “preocupado” por ello.", ["scare|preocupado|-|-"]),
      (
        "Ana López dijo que la decisión es “un error histórico”.",
        ["mixed|la decisión es “un error histórico”|Ana López|Ana López"]
      ),
    ] as [(String, [String])])
  func spanish(_ text: String, _ expected: [String]) throws {
    #expect(try quotes(text, in: "es") == expected)
  }

  @Test(
    arguments: [
      ("«Abbiamo vinto», ha detto Anna Rossi.", ["direct|Abbiamo vinto|Anna Rossi|Anna Rossi"]),
      ("“Abbiamo vinto”, dice la ministra.", ["direct|Abbiamo vinto|la ministra|-"]),
      ("«Abbiamo vinto – ha detto Rossi – e ora si lavora».", ["direct|Abbiamo vinto e ora si lavora|Rossi|Rossi"]),
      ("Il ministro ha affermato che il ponte aprirà a maggio.", ["indirect|il ponte aprirà a maggio|Il ministro|-"]),
      (
        "La sindaca Anna Rossi ha dichiarato lunedì: «Abbiamo vinto».",
        ["direct|Abbiamo vinto|La sindaca Anna Rossi|Anna Rossi"]
      ),
      (
        "Secondo la polizia, tre persone sono rimaste ferite.",
        ["indirect|tre persone sono rimaste ferite|la polizia|-"]
      ),
      ("«Non me ne andrò», ha aggiunto.", ["direct|Non me ne andrò|-|-"]),
      (
        "Il portavoce dell’azienda, Marco Bianchi, ha detto: «È finita».",
        ["direct|È finita|Marco Bianchi|Marco Bianchi"]
      ),
      ("La situazione è grave, ha detto il premier.", ["indirect|La situazione è grave|il premier|-"]),
      ("Il cosiddetto «piano» è fallito.", ["scare|piano|-|-"]),
      (
        "\"Non è vero\", ha replicato ieri il leader dell'opposizione.",
        ["direct|Non è vero|il leader dell'opposizione|-"]
      ),
    ] as [(String, [String])])
  func italian(_ text: String, _ expected: [String]) throws {
    #expect(try quotes(text, in: "it") == expected)
  }

  @Test(
    arguments: [
      ("„We hebben gewonnen”, zei Anna de Vries.", ["direct|We hebben gewonnen|Anna de Vries|Anna de Vries"]),
      ("'We hebben gewonnen', zegt de minister.", ["direct|We hebben gewonnen|de minister|-"]),
      ("\"We hebben gewonnen,\" aldus de woordvoerder.", ["direct|We hebben gewonnen,|de woordvoerder|-"]),
      ("De minister zei dat de brug in mei open zou gaan.", ["indirect|de brug in mei open zou gaan|De minister|-"]),
      (
        "Burgemeester Femke Halsema zei maandag: “We hebben gewonnen.”",
        ["direct|We hebben gewonnen.|Burgemeester Femke Halsema|Femke Halsema"]
      ),
      (
        "Volgens de politie zijn drie mensen gewond geraakt.", ["indirect|zijn drie mensen gewond geraakt|de politie|-"]
      ),
      ("Drie mensen raakten gewond, volgens de politie.", ["indirect|Drie mensen raakten gewond|de politie|-"]),
      ("“Ik ga niet weg”, zei hij, “en ik blijf.”", ["direct|Ik ga niet weg en ik blijf.|hij|-"]),
      ("Het zogenoemde “plan” mislukte.", ["scare|plan|-|-"]),
      (
        "De toestand is ernstig, zei premier Mark Rutte.",
        ["indirect|De toestand is ernstig|premier Mark Rutte|Mark Rutte"]
      ),
    ] as [(String, [String])])
  func dutch(_ text: String, _ expected: [String]) throws {
    #expect(try quotes(text, in: "nl") == expected)
  }

  @Test(
    arguments: [
      ("“Ganhamos”, disse Ana Silva.", ["direct|Ganhamos|Ana Silva|Ana Silva"]),
      ("\"Nós ganhamos\", afirmou a ministra.", ["direct|Nós ganhamos|a ministra|-"]),
      (
        "«Nós ganhámos», garantiu o presidente da Câmara, Rui Moreira.",
        ["direct|Nós ganhámos|o presidente da Câmara|-"]
      ),
      ("O ministro afirmou que a ponte abrirá em maio.", ["indirect|a ponte abrirá em maio|O ministro|-"]),
      (
        "A prefeita Ana Silva declarou na segunda-feira: “Ganhamos”.",
        ["direct|Ganhamos|A prefeita Ana Silva|Ana Silva"]
      ),
      ("Segundo a polícia, três pessoas ficaram feridas.", ["indirect|três pessoas ficaram feridas|a polícia|-"]),
      ("De acordo com a polícia, três pessoas ficaram feridas.", ["indirect|três pessoas ficaram feridas|a polícia|-"]),
      ("“Não vou sair”, acrescentou.", ["direct|Não vou sair|-|-"]),
      ("“Nós ganhamos”, disse Silva, “e com clareza.”", ["direct|Nós ganhamos e com clareza.|Silva|Silva"]),
      ("O chamado “plano” fracassou.", ["scare|plano|-|-"]),
      ("A situação é grave, disse o ministro.", ["indirect|A situação é grave|o ministro|-"]),
    ] as [(String, [String])])
  func portuguese(_ text: String, _ expected: [String]) throws {
    #expect(try quotes(text, in: "pt") == expected)
  }

  @Test("Where the metadata name no language, the words tell it")
  func languageOfTheWords() throws {
    let text = """
      Die Brücke über die Elbe wird im Mai für den Verkehr geöffnet, und zwar auf beiden Seiten. „Wir haben lange darauf \
      gewartet“, sagte Bürgermeisterin Anna Berg. „Das ist ein guter Tag für die Stadt.“
      """
    let said =
      "direct|Wir haben lange darauf gewartet Das ist ein guter Tag für die Stadt.|Bürgermeisterin Anna Berg|Anna Berg"
    #expect(try quotes(text, in: nil) == [said])
    // A page whose template is in English.
    #expect(try quotes(text, in: "en-US") == [said])
  }

  @Test("A language without cues has its marks")
  func unknownLanguage() throws {
    let found = try quotes("„Zvítězili jsme a jsme tomu všichni velmi rádi, opravdu velmi.“", in: "cs")
    #expect(found == ["direct|Zvítězili jsme a jsme tomu všichni velmi rádi, opravdu velmi.|-|-"])
  }

  @Test(
    "Random words and marks give spans within the text, in order",
    arguments: QuoteLanguage.allCases)
  func anyText(_ language: QuoteLanguage) throws {
    var random = SplitMix(seed: 11)
    var options = ExtractQuotes.Options()
    options.language = language
    let pieces = [
      "„", "“", "«", "»", "”", "\"", "'", "–", ",", ".", ":", "!", "\n", "\n\n", "sagte", "dit", "a-t-il", "l’",
      "qu'il",
      "dijo", "ha", "detto", "zei", "disse", "dass", "que", "che", "dat", "selon", "laut", "so", "de acuerdo con",
      "Ana",
      "Berg", "M.", "de", "la", "er", "elle", "am Montag", "und", "-il", "d’après", "era",
    ]
    for _ in 0..<150 {
      let text = (0..<Int.random(in: 0..<40, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
        .joined(separator: " ")
      let document = try extracted(text, options)
      let count = text.utf8.count
      for quote in document[Quotes.self] {
        let spans = Array(quote.spans) + Array(quote.cue ?? []) + Array(quote.speaker?.spans ?? [])
        #expect(spans.allSatisfy { $0.start >= 0 && $0.start < $0.end && $0.end <= count }, "\(text)")
      }
      let starts = document[Quotes.self].compactMap { $0.spans.first?.start }
      #expect(starts == starts.sorted(), "\(text)")
    }
  }

  @Test(
    "Hostile text stays linear",
    arguments: [
      (QuoteLanguage.fr, "« C’est, dit Lee, "), (.fr, "« a, dit-il, b » "), (.fr, "a-t-il l’"),
      (.it, "«A – ha detto – "),
      (.it, "«A», ha detto. "), (.it, "«A», ha detto.\n\n"), (.es, "dijo, "), (.de, "„A“, sagte "),
      (.de, "ist, sagte Lee, "),
      (.de, "Laut Lee "), (.nl, "volgens de "), (.pt, "de acordo com "),
    ])
  func hostile(_ language: QuoteLanguage, _ piece: String) throws {
    var options = ExtractQuotes.Options()
    options.language = language
    let stage = ExtractQuotes(options)
    let growth = try growth(from: 3_000) { size in
      var document = Document(id: "t", text: String(repeating: piece, count: size / piece.utf8.count))
      document[Sentences.self] = [Span(0, document.utf8.count)]
      try stage.process(&document)
    }
    #expect(growth < 9)
  }
}
