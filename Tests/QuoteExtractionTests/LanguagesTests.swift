import Hearsay
import HearsayText
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
    try SplitSentences(.init()).process(&document)
    try ExtractQuotes(.init()).process(&document)
    return document[Quotes.self].map { quote in
      let speaker = quote.speaker.map { document.text(in: $0.spans) } ?? "-"
      return "\(quote.kind.rawValue)|\(document.text(in: quote.spans))|\(speaker)|\(quote.speaker?.name ?? "-")"
    }
  }

  @Test(
    "They are found as the press of each language writes them",
    arguments: [
      // German.
      ("de", "„Wir haben gewonnen“, sagte Anna Berg.", ["direct|Wir haben gewonnen|Anna Berg|Anna Berg"]),
      (
        "de",
        "Bürgermeisterin Anna Berg sagte am Montag: „Wir haben gewonnen.“",
        ["direct|Wir haben gewonnen.|Bürgermeisterin Anna Berg|Anna Berg"]
      ),
      (
        "de", "»Das wird teuer«, warnte der Sprecher der Polizei.", ["direct|Das wird teuer|der Sprecher der Polizei|-"]
      ),
      (
        "de",
        "„Das wird teuer“, so Finanzminister Christian Lindner.",
        ["direct|Das wird teuer|Finanzminister Christian Lindner|Christian Lindner"]
      ),
      ("de", "„Das wird teuer“, hat Anna Berg gesagt.", ["direct|Das wird teuer|Anna Berg|Anna Berg"]),
      (
        "de", "„Wir haben gewonnen“, sagte sie, „und zwar deutlich.“",
        ["direct|Wir haben gewonnen und zwar deutlich.|sie|-"]
      ),
      (
        "de",
        "Anna Berg trat am Abend vor die Presse. „Das war knapp“, sagte Berg der Deutschen Presse-Agentur. „Aber es hat gereicht.“",
        ["direct|Das war knapp Aber es hat gereicht.|Berg|Anna Berg"]
      ),
      (
        "de",
        "Der Minister erklärte, dass die Brücke im Mai geöffnet werde.",
        ["indirect|die Brücke im Mai geöffnet werde|Der Minister|-"]
      ),
      ("de", "Berg sagte, die Lage sei ernst.", ["indirect|die Lage sei ernst|Berg|-"]),
      ("de", "Die Lage sei ernst, sagte Berg.", ["indirect|Die Lage sei ernst|Berg|-"]),
      ("de", "Laut Polizei wurden drei Menschen verletzt.", ["indirect|wurden drei Menschen verletzt|Polizei|-"]),
      (
        "de",
        "Nach Angaben der Polizei wurden drei Menschen verletzt.",
        ["indirect|wurden drei Menschen verletzt|der Polizei|-"]
      ),
      (
        "de", "Drei Menschen wurden nach Angaben der Feuerwehr verletzt.",
        ["indirect|Drei Menschen wurden verletzt|der Feuerwehr|-"]
      ),
      ("de", "Er nannte den Plan „völlig verrückt“.", ["mixed|den Plan „völlig verrückt“|Er|-"]),
      ("de", "Berg bezeichnete den Plan als „Katastrophe“ und ging.", ["mixed|den Plan als „Katastrophe“|Berg|-"]),
      ("de", "Auf die Frage, ob er zurücktrete, antwortete Klein: „Nein.“", ["direct|Nein.|Klein|-"]),
      (
        "de",
        "\"Das ist falsch\", betonte die Kanzlerin. \"Wir zahlen nicht.\"",
        ["direct|Das ist falsch Wir zahlen nicht.|die Kanzlerin|-"]
      ),
      ("de", "„Ich gehe nicht“, rief Klein den Demonstranten zu.", ["direct|Ich gehe nicht|Klein|-"]),
      ("de", "„Es ist vorbei“, teilte das Ministerium am Dienstag mit.", ["direct|Es ist vorbei|das Ministerium|-"]),
      ("de", "Der sogenannte „Plan“ scheiterte.", ["scare|Plan|-|-"]),
      ("de", "Wie die Polizei mitteilte, wurde niemand verletzt.", []),
      (
        "de",
        "„Wir werden prüfen, ob das stimmt“, kündigte Innenministerin Nancy Faeser an.",
        ["direct|Wir werden prüfen, ob das stimmt|Innenministerin Nancy Faeser|Nancy Faeser"]
      ),
      // French.
      ("fr", "« Nous avons gagné », a déclaré Anne Dubois.", ["direct|Nous avons gagné|Anne Dubois|Anne Dubois"]),
      ("fr", "« Nous avons gagné », dit-elle.", ["direct|Nous avons gagné|elle|-"]),
      ("fr", "Le ministre a affirmé que le pont ouvrira en mai.", ["indirect|le pont ouvrira en mai|Le ministre|-"]),
      (
        "fr",
        "La maire Anne Dubois a déclaré lundi : « Nous avons gagné. »",
        ["direct|Nous avons gagné.|La maire Anne Dubois|Anne Dubois"]
      ),
      (
        "fr", "« C’est fini, a dit M. Dubois, et nous partons. »",
        ["direct|C’est fini et nous partons.|M. Dubois|Dubois"]
      ),
      (
        "fr",
        "“C'est fini”, a prévenu la porte-parole du gouvernement.",
        ["direct|C'est fini|la porte-parole du gouvernement|-"]
      ),
      ("fr", "Selon l’AFP, trois personnes ont été blessées.", ["indirect|trois personnes ont été blessées|l’AFP|AFP"]),
      (
        "fr", "Trois personnes ont été blessées, selon la police.",
        ["indirect|Trois personnes ont été blessées|la police|-"]
      ),
      (
        "fr", "D'après le maire, trois personnes ont été blessées.",
        ["indirect|trois personnes ont été blessées|le maire|-"]
      ),
      ("fr", "Le président a jugé « inacceptable » la décision.", ["scare|inacceptable|-|-"]),
      ("fr", "« Je ne partirai pas », a-t-il ajouté.", ["direct|Je ne partirai pas|il|-"]),
      (
        "fr",
        "Anne Dubois est arrivée lundi. « Je ne partirai pas », a-t-elle ajouté.",
        ["direct|Je ne partirai pas|elle|Anne Dubois"]
      ),
      (
        "fr",
        "« C’est un scandale ! » s’est exclamé le député Jean Martin.",
        ["direct|C’est un scandale !|le député Jean Martin|Jean Martin"]
      ),
      ("fr", "« Pourquoi ? », demande Jean Martin.", ["direct|Pourquoi ?|Jean Martin|Jean Martin"]),
      ("fr", "Le soi-disant « plan » a échoué.", ["scare|plan|-|-"]),
      (
        "fr",
        "La situation est grave, a déclaré le premier ministre.",
        ["indirect|La situation est grave|le premier ministre|-"]
      ),
      (
        "fr",
        "« Il faut agir », explique Paul Durand, directeur de l’usine.", ["direct|Il faut agir|Paul Durand|Paul Durand"]
      ),
      ("fr", "Le parti a assuré qu’il n’y aurait pas d’accord.", ["indirect|il n’y aurait pas d’accord|Le parti|-"]),
      // Spanish.
      ("es", "«Hemos ganado», dijo Ana López.", ["direct|Hemos ganado|Ana López|Ana López"]),
      ("es", "“Hemos ganado”, aseguró la ministra.", ["direct|Hemos ganado|la ministra|-"]),
      (
        "es",
        "\"Hemos ganado\", ha dicho el presidente del Gobierno, Pedro Sánchez.",
        ["direct|Hemos ganado|el presidente del Gobierno|-"]
      ),
      (
        "es", "El ministro afirmó que el puente se abrirá en mayo.",
        ["indirect|el puente se abrirá en mayo|El ministro|-"]
      ),
      (
        "es",
        "La alcaldesa Ana López declaró el lunes: “Hemos ganado”.",
        ["direct|Hemos ganado|La alcaldesa Ana López|Ana López"]
      ),
      (
        "es",
        "Según la policía, tres personas resultaron heridas.",
        ["indirect|tres personas resultaron heridas|la policía|-"]
      ),
      (
        "es",
        "Tres personas resultaron heridas, según fuentes policiales.",
        ["indirect|Tres personas resultaron heridas|fuentes policiales|-"]
      ),
      ("es", "De acuerdo con la fiscalía, no hubo delito.", ["indirect|no hubo delito|la fiscalía|-"]),
      ("es", "“No me iré”, añadió.", ["direct|No me iré|-|-"]),
      (
        "es",
        "“Hemos ganado”, dijo Ana López. “Ha sido difícil”, añadió.",
        ["direct|Hemos ganado|Ana López|Ana López", "direct|Ha sido difícil|Ana López|Ana López"]
      ),
      ("es", "“Hemos ganado”, dijo López, “y con claridad”.", ["direct|Hemos ganado y con claridad|López|López"]),
      ("es", "El llamado “plan” fracasó.", ["scare|plan|-|-"]),
      ("es", "La situación es grave, advirtió el ministro.", ["indirect|La situación es grave|el ministro|-"]),
      (
        "es",
        "“¿Quién pagará?”, preguntó el diputado Juan Pérez.",
        ["direct|¿Quién pagará?|el diputado Juan Pérez|Juan Pérez"]
      ),
      ("es", "El presidente dijo no estar “preocupado” por ello.", ["scare|preocupado|-|-"]),
      (
        "es",
        "Ana López dijo que la decisión es “un error histórico”.",
        ["mixed|la decisión es “un error histórico”|Ana López|Ana López"]
      ),
      // Italian.
      ("it", "«Abbiamo vinto», ha detto Anna Rossi.", ["direct|Abbiamo vinto|Anna Rossi|Anna Rossi"]),
      ("it", "“Abbiamo vinto”, dice la ministra.", ["direct|Abbiamo vinto|la ministra|-"]),
      (
        "it", "«Abbiamo vinto – ha detto Rossi – e ora si lavora».",
        ["direct|Abbiamo vinto e ora si lavora|Rossi|Rossi"]
      ),
      (
        "it", "Il ministro ha affermato che il ponte aprirà a maggio.",
        ["indirect|il ponte aprirà a maggio|Il ministro|-"]
      ),
      (
        "it",
        "La sindaca Anna Rossi ha dichiarato lunedì: «Abbiamo vinto».",
        ["direct|Abbiamo vinto|La sindaca Anna Rossi|Anna Rossi"]
      ),
      (
        "it",
        "Secondo la polizia, tre persone sono rimaste ferite.",
        ["indirect|tre persone sono rimaste ferite|la polizia|-"]
      ),
      ("it", "«Non me ne andrò», ha aggiunto.", ["direct|Non me ne andrò|-|-"]),
      (
        "it",
        "Il portavoce dell’azienda, Marco Bianchi, ha detto: «È finita».",
        ["direct|È finita|Marco Bianchi|Marco Bianchi"]
      ),
      ("it", "La situazione è grave, ha detto il premier.", ["indirect|La situazione è grave|il premier|-"]),
      ("it", "Il cosiddetto «piano» è fallito.", ["scare|piano|-|-"]),
      (
        "it",
        "\"Non è vero\", ha replicato ieri il leader dell'opposizione.",
        ["direct|Non è vero|il leader dell'opposizione|-"]
      ),
      // Dutch.
      ("nl", "„We hebben gewonnen”, zei Anna de Vries.", ["direct|We hebben gewonnen|Anna de Vries|Anna de Vries"]),
      ("nl", "'We hebben gewonnen', zegt de minister.", ["direct|We hebben gewonnen|de minister|-"]),
      ("nl", "\"We hebben gewonnen,\" aldus de woordvoerder.", ["direct|We hebben gewonnen,|de woordvoerder|-"]),
      (
        "nl", "De minister zei dat de brug in mei open zou gaan.",
        ["indirect|de brug in mei open zou gaan|De minister|-"]
      ),
      (
        "nl",
        "Burgemeester Femke Halsema zei maandag: “We hebben gewonnen.”",
        ["direct|We hebben gewonnen.|Burgemeester Femke Halsema|Femke Halsema"]
      ),
      (
        "nl",
        "Volgens de politie zijn drie mensen gewond geraakt.", ["indirect|zijn drie mensen gewond geraakt|de politie|-"]
      ),
      ("nl", "Drie mensen raakten gewond, volgens de politie.", ["indirect|Drie mensen raakten gewond|de politie|-"]),
      ("nl", "“Ik ga niet weg”, zei hij, “en ik blijf.”", ["direct|Ik ga niet weg en ik blijf.|hij|-"]),
      ("nl", "Het zogenoemde “plan” mislukte.", ["scare|plan|-|-"]),
      (
        "nl",
        "De toestand is ernstig, zei premier Mark Rutte.",
        ["indirect|De toestand is ernstig|premier Mark Rutte|Mark Rutte"]
      ),
      // Portuguese.
      ("pt", "“Ganhamos”, disse Ana Silva.", ["direct|Ganhamos|Ana Silva|Ana Silva"]),
      ("pt", "\"Nós ganhamos\", afirmou a ministra.", ["direct|Nós ganhamos|a ministra|-"]),
      (
        "pt",
        "«Nós ganhámos», garantiu o presidente da Câmara, Rui Moreira.",
        ["direct|Nós ganhámos|o presidente da Câmara|-"]
      ),
      ("pt", "O ministro afirmou que a ponte abrirá em maio.", ["indirect|a ponte abrirá em maio|O ministro|-"]),
      (
        "pt",
        "A prefeita Ana Silva declarou na segunda-feira: “Ganhamos”.",
        ["direct|Ganhamos|A prefeita Ana Silva|Ana Silva"]
      ),
      ("pt", "Segundo a polícia, três pessoas ficaram feridas.", ["indirect|três pessoas ficaram feridas|a polícia|-"]),
      (
        "pt", "De acordo com a polícia, três pessoas ficaram feridas.",
        ["indirect|três pessoas ficaram feridas|a polícia|-"]
      ),
      ("pt", "“Não vou sair”, acrescentou.", ["direct|Não vou sair|-|-"]),
      ("pt", "“Nós ganhamos”, disse Silva, “e com clareza.”", ["direct|Nós ganhamos e com clareza.|Silva|Silva"]),
      ("pt", "O chamado “plano” fracassou.", ["scare|plano|-|-"]),
      ("pt", "A situação é grave, disse o ministro.", ["indirect|A situação é grave|o ministro|-"]),
      // Sentences that say only who said what stands before.
      (
        "it", "«Abbiamo vinto tutti insieme». Lo ha detto Anna Rossi.",
        ["direct|Abbiamo vinto tutti insieme|Anna Rossi|Anna Rossi"]
      ),
      (
        "it", "«Abbiamo vinto tutti insieme». Così il ministro Paolo Greco a Roma.",
        ["direct|Abbiamo vinto tutti insieme|il ministro Paolo Greco|Paolo Greco"]
      ),
      (
        "nl", "De brug gaat in mei open. Dat zei premier Mark Rutte maandag.",
        ["indirect|De brug gaat in mei open|premier Mark Rutte|Mark Rutte"]
      ),
      (
        "de", "Die Brücke wird im Mai geöffnet. Das sagte Anna Berg am Montag.",
        ["indirect|Die Brücke wird im Mai geöffnet|Anna Berg|Anna Berg"]
      ),
      // Names in marks, and subjects after what a clause begins with.
      (
        "de", "Die Zeitung „Morgen“ schrieb: „Wir haben gewonnen.“",
        ["scare|Morgen|-|-", "direct|Wir haben gewonnen.|Die Zeitung „Morgen“|-"]
      ),
      (
        "de", "Den Streit kommentierte das Blatt mit den Worten: „Wir haben gewonnen.“",
        ["direct|Wir haben gewonnen.|das Blatt|-"]
      ),
      ("de", "Drei Menschen wurden laut Polizei verletzt.", ["indirect|Drei Menschen wurden verletzt|Polizei|-"]),
      ("nl", "Afgelopen dinsdag zei de minister: “We hebben gewonnen.”", ["direct|We hebben gewonnen.|de minister|-"]),
      ("nl", ",,We hebben gewonnen”, zei Van der Berg.", ["direct|We hebben gewonnen|Van der Berg|Van der Berg"]),
      // Verbs without their subject, whose speaker is the one before.
      (
        "es", "Ana López dijo que llovía mucho. Añadió que era tarde.",
        ["indirect|llovía mucho|Ana López|Ana López", "indirect|era tarde|Ana López|Ana López"]
      ),
      (
        "es", "“Ha llovido mucho”, dijo Ana López.\n\n“Es tarde”, añadió.",
        ["direct|Ha llovido mucho|Ana López|Ana López", "direct|Es tarde|Ana López|Ana López"]
      ),
      ("es", "“Hay acuerdo” dice Ana López.", ["direct|Hay acuerdo|Ana López|Ana López"]),
      (
        "pt", "O presidente afirmou hoje (13) que a ponte abrirá em maio.",
        ["indirect|a ponte abrirá em maio|O presidente|-"]
      ),
      // Datelines, and names after an office.
      (
        "nl", "BRUSSEL (ANP) - De brug gaat in mei open, zei premier Mark Rutte.",
        ["indirect|De brug gaat in mei open|premier Mark Rutte|Mark Rutte"]
      ),
      (
        "fr", "« Nous partons », a dit la porte-parole du gouvernement Anne Dubois.",
        ["direct|Nous partons|la porte-parole du gouvernement Anne Dubois|Anne Dubois"]
      ),
      ("de", "„Wir gehen“, schreiben Anna Berg und Paul Klein.", ["direct|Wir gehen|Anna Berg und Paul Klein|-"]),
      // What a preposition or a verb begins is no subject; whom a sentence names may be one.
      ("es", "Ana López compareció en el Coliseum e indicó que el equipo ganó.", ["indirect|el equipo ganó|-|-"]),
      ("es", "Cerró diciendo: “Ha llovido mucho”.", ["direct|Ha llovido mucho|-|-"]),
      ("pt", "“Ganhamos muito“, disse Ana Silva.", ["direct|Ganhamos muito|Ana Silva|Ana Silva"]),
      ("de", "Anna Berg (Hamburg): „Wir haben gewonnen.“", ["direct|Wir haben gewonnen.|Anna Berg|Anna Berg"]),
      ("fr", "« Il a plu, poursuit-il. Nous partons demain. »", ["direct|Il a plu Nous partons demain.|il|-"]),
      // A cue between two parts of a clause.
      (
        "fr", "Le pont, a expliqué Paul Durand, « sera ouvert au mois de mai ».",
        ["mixed|Le pont « sera ouvert au mois de mai »|Paul Durand|Paul Durand"]
      ),
      // Relative clauses, and what is denied.
      ("de", "Er rief die Polizei, die sofort kam.", []),
      ("de", "Lee fragte einen Mann, der dort stand.", []),
      ("de", "Die Lage der Stadt ist gut. Das glaubt Lee nicht.", []),
      // Names that look like elided words, and verbs with both.
      ("it", "«Abbiamo vinto», ha detto Massimo D'Alema.", ["direct|Abbiamo vinto|Massimo D'Alema|Massimo D'Alema"]),
      (
        "fr", "« C'est fini pour nous », a déclaré N'Golo Kanté.",
        ["direct|C'est fini pour nous|N'Golo Kanté|N'Golo Kanté"]
      ),
      ("fr", "« C'est fini », s'est-il exclamé hier soir.", ["direct|C'est fini|il|-"]),
      ("fr", "Il m'a dit que la ville était perdue.", ["indirect|la ville était perdue|Il|-"]),
    ] as [(String, String, [String])])
  func areFound(_ language: String, _ text: String, _ expected: [String]) throws {
    #expect(try quotes(text, in: language) == expected)
  }

  @Test("Where the metadata name no language, the words show it")
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
    arguments: LanguageChoice<AnalysisLanguages>.all)
  func anyText(_ language: LanguageChoice<AnalysisLanguages>) throws {
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
      ("fr", "« C’est, dit Lee, "), ("fr", "« a, dit-il, b » "), ("fr", "a-t-il l’"),
      ("it", "«A – ha detto – "),
      ("it", "«A», ha detto. "), ("it", "«A», ha detto.\n\n"), ("es", "dijo, "), ("de", "„A“, sagte "),
      ("de", "ist, sagte Lee, "),
      ("de", "Laut Lee "), ("nl", "volgens de "), ("pt", "de acordo com "),
    ])
  func hostile(_ language: String, _ piece: String) throws {
    var options = ExtractQuotes.Options()
    options.language = .named(Language(language))
    let stage = try ExtractQuotes(options)
    let growth = try growth(from: 3_000) { size in
      var document = Document(id: "t", text: String(repeating: piece, count: size / piece.utf8.count))
      document[Sentences.self] = [Span(0, document.utf8.count)]
      try stage.process(&document)
    }
    #expect(growth < 9)
  }
}
