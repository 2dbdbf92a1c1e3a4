import HearsayText

/// The names of those who speak in a text, by their last word.
struct SpeakerNames {
  /// The one with that last word who speaks most, in words of lower case, and how often.
  private var names: [UInt64: (name: String, words: [UInt32], count: Int)] = [:]

  /// - Parameter speakers: Their names, each as often as they speak.
  init(_ speakers: [String]) {
    var counts: [String: Int] = [:]
    for name in speakers { counts[name, default: 0] += 1 }
    for (name, count) in counts {
      let bytes = Array(name.utf8)
      let words = Tokenizer().tokens(in: bytes.span).filter { $0.kind == .word }.map(\.hash)
      guard words.count > 1, let last = words.last else { continue }
      if let known = names[UInt64(last)], (known.count, name) > (count, known.name) { continue }
      names[UInt64(last)] = (name, words, count)
    }
  }

  /// The name that a spelling ends with, or the one whose last word it is.
  func name(endingAs spelling: Range<Int>, _ tokens: [Token]) -> String? {
    guard let last = spelling.last, let known = names[UInt64(tokens[last].hash)] else { return nil }
    if spelling.count == 1 { return known.name }
    let ending = tokens[spelling].filter { $0.kind == .word }.suffix(known.words.count)
    return ending.map(\.hash) == known.words ? known.name : nil
  }
}
