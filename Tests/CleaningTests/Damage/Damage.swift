import TestSupport
import Testing

/// A kind of damage that scraped news shows, applied where its inverse is known.
enum Damage: String, CaseIterable, CustomTestStringConvertible, Sendable {
  case creditAndDate, byline, published, dateline, headline, caption, share, readMore, prompt, footer, advert, glue
  case windows1252, latin1, macRoman, windows1250, windows1251, windows1253, twice, macRomanTwice, mixed, lostByte
  case entities, doubleEntities, invisible, decomposed, spaces, hardWraps, hyphenatedWraps

  var testDescription: String { rawValue }

  /// Whether all texts must be restored, not 98 of a hundred.
  var isMojibake: Bool {
    switch self {
    case .windows1252, .latin1, .macRoman, .windows1250, .windows1251, .windows1253, .twice, .macRomanTwice, .mixed,
      .lostByte, .doubleEntities:
      true
    default: false
    }
  }

  /// A damaged text, what must become of it, and what must be known of it.
  struct Case {
    var raw: String
    var text: String
    var meta: [String: String] = [:]
  }

  func apply(to news: NewsText, _ words: inout NewsWords) -> Case {
    var news = news
    let text = news.text
    func everywhere(_ raw: String) -> Case { Case(raw: raw, text: text) }
    switch self {
    case .creditAndDate:
      let credit = "\(words.person())/\(words.pick(["AFP", "Reuters", "Getty Images", "AP"]))"
      let date = "2024-0\(words.number(1...9))-1\(words.number(0...9))"
      let (line, hasDate) = words.pick([
        ("date \(date) © \(credit)", true), ("© \(credit)", false), ("Photo: \(credit)", false),
        ("(Photo by \(credit))", false), ("\(date) © \(credit)", true), ("Image credit: \(credit)", false),
      ])
      return Case(
        raw: news.with(line, at: .head, &words), text: text,
        meta: hasDate ? ["credit": credit, "date": date] : ["credit": credit])
    case .byline:
      let name = words.person()
      let line = words.pick([
        "By \(name)", "By \(name), Reuters", "By \(name) in \(words.pick(["Lima", "Geneva"]))",
        "By \(name) | 3 \(words.month()) 2024", "By \(name), Political Correspondent", "Written by \(name)",
      ])
      return Case(raw: news.with(line, at: .head, &words), text: text, meta: ["author": name])
    case .published:
      let (day, month) = (words.number(10...28), words.month())
      let line = words.pick([
        "Published: \(day) \(month) 2024", "Updated \(month) \(day), 2024, 10:15 GMT",
        "\(month) \(day), 2024 • 4 min read",
        "Published \(month) \(day), 2024 | Updated \(month) \(day), 2024, 08:00 GMT", "Last updated: 2024-03-\(day)",
        "\(words.pick(["Mon", "Tue"])), \(day) \(month) 2024 10:30 AM EST",
      ])
      return Case(raw: news.with(line, at: .head, &words), text: text, meta: [:])
    case .dateline:
      let dateline = words.pick([
        "KYIV, \(words.month()) \(words.number(1...28)) (Reuters)", "WASHINGTON (AP)", "NEW YORK",
        "SANTA FE, N.M. (AP)",
      ])
      news.paragraphs[0][0] = "\(dateline) \(words.pick(["—", "–", "-"])) \(news.paragraphs[0][0])"
      return Case(raw: news.text, text: news.text, meta: ["dateline": dateline])
    case .headline:
      var headed = news
      let headline = news.headline ?? words.headline()
      headed.headline = headline
      let again = words.pick([
        headline, "\(headline) | The Northport Gazette", "\(headline) - BBC News", headline.uppercased(),
      ])
      return Case(raw: headed.with(again, at: .behindHeadline, &words), text: headed.text)
    case .caption: return everywhere(news.with(Lines.caption(&words), at: .inside, &words))
    case .share: return everywhere(news.with(words.pick(Lines.share), at: .inside, &words))
    case .readMore: return everywhere(news.with(Lines.readMore(&words), at: .inside, &words))
    case .prompt: return everywhere(news.with(words.pick(Lines.prompts), at: .inside, &words))
    case .footer: return everywhere(news.with(words.pick(Lines.footers), at: .foot, &words))
    case .advert: return everywhere(news.with(words.pick(Lines.adverts), at: .inside, &words))
    case .glue:
      let paragraph = words.number(0...news.paragraphs.count - 1)
      news.paragraphs[paragraph] = [news.paragraphs[paragraph].joined()]
      return everywhere(news.text)
    case .windows1252: return everywhere(Misread.windows1252.read(text))
    case .latin1: return everywhere(Misread.latin1.read(text))
    case .macRoman: return everywhere(Misread.macRoman.read(text))
    case .windows1250: return everywhere(Misread.windows1250.read(text))
    case .windows1251: return everywhere(Misread.windows1251.read(text))
    case .windows1253: return everywhere(Misread.windows1253.read(text))
    case .macRomanTwice: return everywhere(Misread.macRoman.read(Misread.macRoman.read(text)))
    case .twice: return everywhere(Misread.windows1252.read(words.pick([Misread.windows1252, .latin1]).read(text)))
    case .mixed:
      news.paragraphs = news.paragraphs.map { sentences in
        let page = words.pick([Misread.windows1252, .latin1, .macRoman])
        return sentences.map { words.chance(2) ? page.read($0) : $0 }
      }
      return everywhere(news.text)
    case .lostByte:
      return everywhere(Misread.windows1252.read(text).replacing("\u{9D}", with: words.pick(["", "\u{FFFD}"])))
    case .entities:
      return everywhere(
        text.replacing("’", with: "&rsquo;").replacing("“", with: "&#8220;").replacing("”", with: "&#x201D;")
          .replacing("é", with: "&eacute;").replacing("\"", with: "&quot;").replacing("€", with: "&euro;"))
    case .doubleEntities:
      return everywhere(
        text.replacing("’", with: "&amp;rsquo;").replacing("“", with: "&amp;#8220;").replacing(
          "”", with: "&amp;amp;rdquo;"
        )
        .replacing("ü", with: "&amp;uuml;"))
    case .invisible:
      let marks = ["\u{AD}", "\u{200B}", "\u{200E}", "\u{FEFF}", "\u{2060}", "\u{202A}", "\u{200D}"]
      var raw = ""
      for character in text { raw += words.chance(12) ? "\(character)\(words.pick(marks))" : "\(character)" }
      return everywhere(raw)
    case .decomposed: return everywhere(Misread.decomposed(text))
    case .spaces:
      return everywhere(
        " \u{FEFF}"
          + text.replacing("\n\n", with: words.pick(["\r\n\r\n", "\n\n\n\n", "\n \n", " \n\t\n", "\n\u{A0}\n"]))
          .replacing(". ", with: words.pick([".\u{A0}", ".  ", ".\u{2003}", ".\t"])) + "\n\n")
    case .hardWraps, .hyphenatedWraps:
      let width = words.number(56...80)
      let paragraphs = text.split(separator: "\n\n").map { Lines.wrap($0, width, hyphenates: self == .hyphenatedWraps) }
      return everywhere(paragraphs.joined(separator: "\n\n"))
    }
  }
}

extension NewsText {
  enum Place { case head, behindHeadline, inside, foot }

  /// The text with a line put between its paragraphs.
  func with(_ line: String, at place: Place, _ words: inout NewsWords) -> String {
    var lines = (headline.map { [$0] } ?? []) + paragraphs.map { $0.joined(separator: " ") }
    let index: Int
    switch place {
    case .head: index = headline != nil ? words.number(0...1) : 0
    case .behindHeadline: index = 1
    case .inside: index = words.number(headline != nil ? 2...lines.count : 1...lines.count)
    case .foot: index = lines.count
    }
    lines.insert(line, at: index)
    return lines.joined(separator: words.pick(["\n\n", "\n\n", "\n"]))
      .replacing("\n\n", with: "\n").replacing("\n", with: "\n\n")
  }
}
