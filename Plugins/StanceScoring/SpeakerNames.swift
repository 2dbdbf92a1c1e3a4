import HearsayText

/// The names of those who speak in a text, by their last word.
struct SpeakerNames {
  private struct Speaker {
    let name: String
    /// The hashes of its words.
    let words: [UInt32]
    var count = 0
    /// The one with the same last word who speaks next most, or -1.
    var next = -1
  }

  /// Of those with a last word in common no more are looked at.
  private static let mostNamesakes = 8

  private var speakers: [Speaker] = []
  /// The last words, and for each the one who speaks most.
  private var lastWords = KeyIndex()
  private var foremost: [Int] = []

  /// - Parameter names: The names of speakers, each as often as they speak.
  init(_ names: [String]) {
    var numbers: [String: Int] = [:]
    for name in names {
      let index = numbers[name] ?? speakers.count
      if index == speakers.count {
        numbers[name] = index
        let bytes = Array(name.utf8)
        speakers.append(Speaker(name: name, words: Tokenizer().tokens(in: bytes.span).compactMap(Self.wordHash)))
      }
      speakers[index].count += 1
    }
    speakers = speakers.filter { $0.words.count > 1 }
    speakers.sort { ($0.count, $1.name) < ($1.count, $0.name) }
    for index in speakers.indices {
      let last = lastWords.insert(UInt64(speakers[index].words.last ?? 0))
      if last == foremost.count { foremost.append(-1) }
      speakers[index].next = foremost[last]
      foremost[last] = index
    }
  }

  private static func wordHash(_ token: Token) -> UInt32? { token.kind == .word ? token.hash : nil }

  /// The name that a spelling ends with, or the one whose last word it is.
  func name(endingAs spelling: Range<Int>, _ tokens: [Token]) -> String? {
    guard let last = spelling.last, let key = lastWords.index(of: UInt64(tokens[last].hash)) else { return nil }
    var index = foremost[key]
    var looked = 0
    while index >= 0, looked < Self.mostNamesakes {
      let speaker = speakers[index]
      if spelling.count == 1 { return speaker.name }
      let ending = tokens[spelling].compactMap(Self.wordHash).suffix(speaker.words.count)
      if ending == speaker.words[...] { return speaker.name }
      index = speaker.next
      looked += 1
    }
    return nil
  }
}
