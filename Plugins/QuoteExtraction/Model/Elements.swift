import Hearsay
import HearsayText

/// What the model of quotes reads: the tokens of a text in order, each quotation in marks as one.
///
/// Hardly any report stands inside the words of another, so what marks hold is one element, whatever its length, and the
/// clauses around it are as close to each other as they are to a reader.
package struct Elements {
  package struct Element {
    /// A hash of the word in lower case; for marks and quotations a small number that says which.
    package var word: UInt32
    /// A hash of the word's last three bytes.
    package var ending: UInt32
    package var kind: WordClass
    var gap: Token.Gap
    /// Whether a sentence begins here.
    package var beginsSentence: Bool
    /// The tokens, marks included.
    package var first: Int32
    package var end: Int32
    /// Which quotation in marks this is, or -1.
    package var quoted: Int32

    package var tokens: Range<Int> { Int(first)..<Int(end) }
    package var isQuotation: Bool { quoted >= 0 }
    /// Whether a quotation ends as one does before its cue, or as a sentence does.
    var endsQuotation: Bool { (1...3).contains(word / 6) }
  }

  package private(set) var all: [Element] = []
  /// The elements of each sentence.
  package private(set) var sentences: [Range<Int>] = []

  init(_ article: Article, quoted: [Quoted], in text: Swift.Span<UInt8>) {
    let tokens = article.tokens
    all.reserveCapacity(tokens.count)
    sentences.reserveCapacity(article.sentences.count)
    var nextQuoted = 0
    var nextSentence = 0
    var i = 0
    var start = 0
    while i < tokens.count {
      var begins = false
      while nextSentence < article.sentences.count, article.sentences[nextSentence].lowerBound <= i {
        // A sentence that begins inside marks begins no new one outside them.
        begins = article.sentences[nextSentence].lowerBound == i
        nextSentence += 1
      }
      begins = begins || i == 0
      if begins, all.count > start {
        sentences.append(start..<all.count)
        start = all.count
      }
      while nextQuoted < quoted.count, quoted[nextQuoted].firstToken < i || !quoted[nextQuoted].isWhole {
        nextQuoted += 1
      }
      var element = Element(
        word: 0, ending: 0, kind: .mark, gap: tokens[i].gap, beginsSentence: begins,
        first: Int32(truncatingIfNeeded: i),
        end: Int32(truncatingIfNeeded: i + 1), quoted: -1)
      if nextQuoted < quoted.count, quoted[nextQuoted].firstToken == i {
        let content = quoted[nextQuoted].content
        let end = max(i + 1, quoted[nextQuoted].endToken)
        element.kind = .quotation
        element.end = Int32(truncatingIfNeeded: end)
        element.quoted = Int32(truncatingIfNeeded: nextQuoted)
        element.word = Self.shape(of: content, tokens)
        element.ending = tokens.indices.contains(content.lowerBound) ? tokens[content.lowerBound].hash : 0
        nextQuoted += 1
        i = end
      } else {
        let token = tokens[i]
        element.kind = article.classes[i]
        if token.kind == .mark {
          element.word = 64 + UInt32(token.mark.rawValue)
        } else {
          element.word = token.hash
          element.ending = token.ending(in: text)
        }
        i += 1
      }
      all.append(element)
    }
    if all.count > start { sentences.append(start..<all.count) }
  }

  /// How a quotation looks from outside: how it ends, whether it begins as a sentence does, and how long it is; below 64.
  private static func shape(of content: Range<Int>, _ tokens: [Token]) -> UInt32 {
    guard let first = content.first, let last = content.last, tokens.indices.contains(last) else { return 0 }
    let ending: UInt32 =
      switch tokens[last].mark {
      case .comma: 1
      case .stop, .ellipsis: 2
      case .question, .exclamation: 3
      case .none: 0
      default: 4
      }
    let length: UInt32 = content.count < 4 ? 0 : content.count < 9 ? 1 : 2
    let capital: UInt32 = tokens[first].isCapitalised ? 1 : 0
    return (ending * 3 + length) * 2 + capital
  }
}

extension Token {
  /// A hash of the last three bytes.
  fileprivate func ending(in text: Swift.Span<UInt8>) -> UInt32 {
    var hash: UInt32 = 0
    var i = max(start, end - 3)
    while i < end {
      hash = hash << 8 | UInt32(text[i] | 0x20)
      i += 1
    }
    return hash
  }
}
