import Hearsay
import HearsayText
import Testing

@Suite("The language of a text is told from its commonest words")
struct LanguageTests {
  private func code(_ text: String, named: String? = nil) -> String? {
    var document = Document(id: "t", text: text)
    if let named { document.metadata["language"] = .string(named) }
    return document.languageCode()
  }

  private static let german = """
    Der Bürgermeister hat sich am Montag zu den Plänen für die Brücke geäußert. Sie soll im Mai geöffnet werden, und das \
    ist nach seinen Worten für die Stadt ein Gewinn.
    """
  private static let english = """
    The mayor spoke on Monday about the plans for the bridge. It will be opened in May, and that is, in his words, a gain \
    for the town.
    """

  @Test(
    arguments: [
      ("en", english), ("de", german),
      (
        "fr",
        "Le maire a parlé lundi du projet de pont. Il sera ouvert en mai et c’est une bonne chose pour la ville et les habitants."
      ),
      (
        "es",
        "El alcalde habló el lunes de los planes para el puente. Se abrirá en mayo y es una buena noticia para la ciudad."
      ),
      (
        "it",
        "Il sindaco ha parlato lunedì del progetto per il ponte. Sarà aperto a maggio e per la città è una buona notizia, ha detto."
      ),
      (
        "pt",
        "O prefeito falou na segunda-feira dos planos para a ponte. Ela será aberta em maio e isso é uma boa notícia para a cidade."
      ),
      (
        "nl",
        "De burgemeester sprak maandag over de plannen voor de brug. Die zal in mei open gaan en dat is goed nieuws voor de stad."
      ),
      (
        "pl",
        "Burmistrz mówił w poniedziałek o planach na most. Zostanie on otwarty w maju i to jest dla miasta, jak się wydaje, dobra wiadomość, choć nie dla wszystkich."
      ),
      (
        "ru",
        "В понедельник мэр рассказал о планах на мост. Его откроют в мае, и это, по его словам, хорошо для города, но не для всех."
      ),
      (
        "sv",
        "Borgmästaren talade på måndagen om planerna för bron. Den ska öppnas i maj och det är, som han säger, en vinst för staden och inte en förlust."
      ),
    ])
  func isTold(_ expected: String, _ text: String) {
    #expect(code(text) == expected)
  }

  @Test("Little text tells none", arguments: ["", "Hello", "Le Pen, El Paso, La Raza.", "1 2 3 4", "de la"])
  func isNotGuessed(_ text: String) {
    #expect(code(text) == nil)
  }

  @Test(
    "Metadata are believed unless the words tell beyond doubt",
    arguments: [
      (german, "de-AT", "de"), (german, "en-US", "de"), (english, "de", "en"), ("Hallo.", "de", "de"),
      (german, "und", "de"),
      (german, "", "de"), (german, "xx", "xx"), (english, "xx", "en"), (english, "eng", "en"),
      (english, "English", "en"), (english, "nb", "en"), (german, "ger", "de"), ("Die Stadt war in Not.", "en", "en"),
    ])
  func metadata(_ text: String, _ named: String, _ expected: String) {
    #expect(code(text, named: named) == expected)
  }

  @Test("A text cut anywhere is in its language or in none", arguments: [("de", german), ("en", english)])
  func anyBeginning(_ expected: String, _ text: String) {
    let bytes = Array(text.utf8)
    for end in bytes.indices {
      var document = Document(id: "t", utf8: Array(bytes[..<end]))
      let told = document.languageCode()
      #expect(told == nil || told == expected, "\(end) bytes")
    }
  }

  @Test("Only the first words are read")
  func hugeText() {
    #expect(code(String(repeating: "und ", count: 1_000_000)) == "de")
    #expect(code(String(repeating: "x", count: 4_000_000)) == nil)
  }
}
