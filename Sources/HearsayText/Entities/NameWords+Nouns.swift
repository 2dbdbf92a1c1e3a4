/// Which capitalised words are no names.
extension NameWords {
  /// Whether a word alone is no name, but a title, a noun for a body, or a noun that a sentence begins with. Where somebody
  /// named before has it for a name (`Larry King`), it is one.
  func isNoun(_ word: Int) -> Bool {
    let token = tokens[word]
    if classes[word] == .title || isBody(word) { return true }
    // "Sen. Ann Lee (D-Calif.)", "the CEO"
    if token.count == 1 { return true }
    if token.shape == .upper { return isRole(word) }
    if traits.contains(.capitalisedNouns) { return !isFirstName(word) }
    guard token.shape == .capitalised, tokens.beginsSentence(word) else { return false }
    if case .opener = hint(word) { return true }
    return classes[word].endsNoPerson || isOpener(word)
  }

  /// Whether a word that begins a sentence looks like an adverb, a participle or an adjective: `Critically,`, `Using salt`,
  /// `Backed by`, `Massive fires`.
  private func isOpener(_ word: Int) -> Bool {
    let token = tokens[word]
    guard token.count > 4, word + 1 < tokens.count, !isFirstName(word) else { return false }
    let (next, kind) = (tokens[word + 1], classes[word + 1])
    // "Images of", "Majorities in", "Findings have"
    let isPlural = kind == .of || kind == .in || isWord(word + 1, "have") || isWord(word + 1, "are")
    if isPlural, text[token.end - 1] == UInt8(ascii: "s") { return true }
    if kind.isVerbal || next.kind == .possessive || next.isCapitalised { return false }
    let (a, b) = (text[token.end - 2], text[token.end - 1])
    switch (a, b) {
    case (UInt8(ascii: "l"), UInt8(ascii: "y")): return token.count > 6
    case (UInt8(ascii: "n"), UInt8(ascii: "g")): return next.kind == .word && token.endsInIng(in: text)
    case (UInt8(ascii: "e"), UInt8(ascii: "d")): return kind.isPreposition
    case (UInt8(ascii: "v"), UInt8(ascii: "e")), (UInt8(ascii: "u"), UInt8(ascii: "s")),
      (UInt8(ascii: "u"), UInt8(ascii: "l")):
      return next.kind == .word && kind.isNoun
    default: return false
    }
  }
}

extension PartOfSpeech {
  /// Whether a name that ends with the word is no person's.
  var endsNoPerson: Bool {
    switch self {
    case .person, .organizationNoun, .acronym, .title: true
    default: false
    }
  }
}
