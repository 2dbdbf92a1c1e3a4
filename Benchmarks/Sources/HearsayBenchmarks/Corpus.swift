import Foundation
import Hearsay

/// News articles made from a seed: the same bytes at every run, on every machine.
///
/// About a third of the sentences report speech, in the mix of forms that newspapers use; every eighth article carries
/// the damage of a scraped page.
struct Corpus {
  private var random: SplitMix

  init(seed: UInt64) { random = SplitMix(seed: seed) }

  /// An article of about `size` bytes.
  mutating func analysis(size: Int) -> String {
    var text = ""
    let isDamaged = Int.random(in: 0..<8, using: &random) == 0
    if isDamaged { text += "© \(name())/\(pick(["Tidewater Press", "Northlight", "Wire Photo"]))\n\n" }
    var inParagraph = 0
    while text.utf8.count < size {
      text += sentence()
      inParagraph += 1
      if inParagraph >= Int.random(in: 2...5, using: &random) {
        text += "\n\n"
        inParagraph = 0
      } else {
        text += isDamaged && Int.random(in: 0..<6, using: &random) == 0 ? "" : " "
      }
    }
    return text
  }

  /// About `total` bytes of articles of about `each` bytes.
  static func articles(total: Int, each: Int, seed: UInt64 = 1) -> [String] {
    var corpus = Corpus(seed: seed)
    var articles: [String] = []
    var size = 0
    while size < total {
      articles.append(corpus.analysis(size: each))
      size += articles[articles.count - 1].utf8.count
    }
    return articles
  }

  /// Articles as JSON Lines, written to `path` until it holds `total` bytes.
  static func write(total: Int, each: Int, to path: String, seed: UInt64 = 1) throws {
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    defer { try? file.close() }
    // A block of articles is written again and again under new ids: disk speed, not the generator's, bounds the size.
    let block = articles(total: min(total, 16 << 20), each: each, seed: seed)
    var written = 0
    var number = 0
    while written < total {
      var json = JSONWriter()
      for text in block where written + json.bytes.count < total {
        json.beginObject()
        json.member("id", .string("bench-\(number)"))
        json.member("text", .string(text))
        json.endObject()
        json.newline()
        number += 1
      }
      written += json.bytes.count
      try file.write(contentsOf: Data(json.bytes))
    }
  }

  /// A web page around an article, with the menus, scripts and lists that pages have.
  mutating func page(size: Int) -> String {
    let links = (0..<60).map {
      "<li><a class=\"nav-link\" href=\"/section/\($0)\">\(pick(Self.nouns)) \(pick(Self.nouns))</a></li>"
    }
    let paragraphs = analysis(size: size).split(separator: "\n\n").map { "<p>\($0)</p>" }
    let related = (0..<20).map { "<div class=\"card\"><a href=\"/story/\($0)\"><span>\(sentence())</span></a></div>" }
    return """
      <!DOCTYPE html><html lang="en"><head><title>\(sentence())</title><meta property="og:site_name" content="Gazette">
      <style>\(String(repeating: ".a{color:red;margin:0 auto}", count: 200))</style>
      <script>\(String(repeating: "window.q=window.q||[];q.push(['x',1]);", count: 300))</script></head><body>
      <nav class="menu"><ul>\(links.joined(separator: "\n"))</ul></nav><main><article><h1>\(sentence())</h1>
      \(paragraphs.joined(separator: "\n"))</article><aside class="related">\(related.joined(separator: "\n"))</aside></main>
      <footer class="footer"><ul>\(links.joined())</ul></footer></body></html>
      """
  }

  // MARK: Sentences

  private mutating func sentence() -> String {
    switch Int.random(in: 0..<12, using: &random) {
    case 0: "“\(clause().capitalizedFirst),” \(pick(Self.cues)) \(person())."
    case 1: "\"\(clause().capitalizedFirst),\" \(person()) \(pick(Self.cues)). \"\(clause().capitalizedFirst).\""
    case 2: "\(person()) \(pick(Self.cues)) that \(clause())."
    case 3: "According to the \(pick(Self.bodies)), \(clause())."
    case 4:
      "\(person()) \(pick(["criticized", "praised", "backed", "blamed", "rejected"])) the \(pick(Self.bodies)) over the \(pick(Self.nouns))."
    case 5:
      "He said the so-called \"\(pick(Self.nouns)) \(pick(Self.nouns))\" had \(pick(["failed", "worked", "cost 3.5 million dollars"]))."
    default: "\(clause().capitalizedFirst), and \(clause()) in \(pick(Self.places)) on \(pick(Self.days))."
    }
  }

  private mutating func clause() -> String {
    "the \(pick(Self.adjectives)) \(pick(Self.nouns)) \(pick(Self.verbs)) the \(pick(Self.nouns)) of the \(pick(Self.bodies))"
  }

  private mutating func person() -> String {
    pick(["", "", "", "Mayor ", "Dr. ", "Prime Minister ", "Mr. "]) + name()
  }

  private mutating func name() -> String { "\(pick(Self.firstNames)) \(pick(Self.lastNames))" }

  private mutating func pick(_ words: [String]) -> String { words.randomElement(using: &random) ?? "" }

  private static let firstNames = ["Anna", "Tomas", "Mei", "Jon", "Ines", "Sara", "Paul", "Olga", "David", "Fatima"]
  private static let lastNames = [
    "Selby", "Okafor", "Lindqvist", "Vasquez", "Aldous", "Holm", "Brandt", "O’Neill", "Novák",
  ]
  private static let cues = ["said", "told reporters", "warned", "insisted", "added", "explained", "admitted"]
  private static let bodies = [
    "Harbour Authority", "National Audit Office", "city council", "Transport Ministry", "union", "EU",
  ]
  private static let adjectives = ["new", "long-delayed", "costly", "proposed", "old", "public", "failed", "popular"]
  private static let nouns = [
    "contract", "bridge", "budget", "audit", "report", "plan", "tender", "election", "terminal", "railway",
  ]
  private static let verbs = ["threatened", "improved", "changed", "followed", "delayed", "ruined", "saved", "opened"]
  private static let places = ["Northport", "the U.S.", "Lisbon", "the old town", "Geneva"]
  private static let days = ["Monday", "Tuesday", "March 3", "Friday evening", "Sunday"]
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

/// A small seeded generator (splitmix64).
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}
