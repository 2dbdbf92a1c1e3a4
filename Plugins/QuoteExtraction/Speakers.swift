import Hearsay
import HearsayText

/// Resolves mentions of speakers to the fullest name that the document has for them.
struct Speakers {
  private let article: Article
  /// For each last word of a name, by hash, the longest name that ends in it.
  private var lastWords = KeyIndex()
  private var fullest: [Range<Int>] = []
  /// The speaker resolved last.
  private var last: String?

  init(article: Article, text: Swift.Span<UInt8>) {
    self.article = article
    var i = 0
    let tokens = article.tokens
    while i < tokens.count {
      guard tokens[i].kind == .word, tokens[i].isCapitalised else {
        i += 1
        continue
      }
      var end = i + 1
      while end < tokens.count, end - i < 6, tokens[end].kind == .word, tokens[end].isCapitalised,
        tokens[end].gap == .space
      {
        end += 1
      }
      let name = lastWords.insert(UInt64(tokens[end - 1].hash))
      if name == fullest.count {
        fullest.append(i..<end)
      } else if end - i > fullest[name].count {
        fullest[name] = i..<end
      }
      i = end
    }
  }

  /// The name of the one that `mention` speaks of.
  ///
  /// - Parameter place: The token where the quote begins.
  mutating func name(of mention: Range<Int>, at place: Int, in text: Swift.Span<UInt8>) -> String? {
    if mention.count == 1, article.pronoun(mention.lowerBound, in: text) != nil {
      return last
    }
    guard let name = lastName(in: mention, text) else { return nil }
    var found = personal(name, text)
    if let last = found.last, let name = lastWords.index(of: UInt64(article.tokens[last].hash)) {
      let full = personal(fullest[name], text)
      if full.count > found.count { found = full }
    }
    let span = article.span(found)
    let string = String(decoding: [UInt8](copying: text, span.range), as: UTF8.self)
    last = string
    return string
  }

  /// The last name in the mention that is not a possessor.
  private func lastName(in mention: Range<Int>, _ text: Swift.Span<UInt8>) -> Range<Int>? {
    let tokens = article.tokens
    var end = mention.upperBound
    while end > mention.lowerBound {
      if tokens[end - 1].kind == .word, tokens[end - 1].isCapitalised {
        if end < mention.upperBound, tokens[end].kind == .possessive { return nil }
        var start = end - 1
        while start > mention.lowerBound, tokens[start - 1].kind == .word, tokens[start - 1].isCapitalised {
          start -= 1
        }
        if end == mention.upperBound { return start..<end }
        return tokens[end].mark == .comma || article.roles[end] == .boundary ? start..<end : nil
      }
      if tokens[end - 1].kind == .possessive { return nil }
      end -= 1
    }
    return nil
  }

  /// A name without the titles and roles before it: the last two words, with initials between.
  private func personal(_ name: Range<Int>, _ text: Swift.Span<UInt8>) -> Range<Int> {
    guard name.count > 2 else { return name }
    var start = name.upperBound - 2
    if article.tokens[start].shape == .initial, start > name.lowerBound { start -= 1 }
    return start..<name.upperBound
  }
}
