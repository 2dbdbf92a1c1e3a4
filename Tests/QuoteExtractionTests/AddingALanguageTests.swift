import Foundation
import Hearsay
import HearsayText
import QuoteExtraction
import SentenceSplitting
import Testing

@Suite("Documentation/AddingALanguage.md adds a language")
struct AddingALanguageTests {
  /// The blocks of the page, by the name after their kind: ```text words.txt
  private static let blocks: [String: String] = {
    let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let page =
      (try? String(contentsOf: package.appendingPathComponent("Documentation/AddingALanguage.md"), encoding: .utf8))
      ?? ""
    var blocks: [String: String] = [:]
    var name: String?
    for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        name = name == nil ? String(line.split(separator: " ").dropFirst().first ?? "") : nil
      } else if let name {
        blocks[name, default: ""] += line + "\n"
      }
    }
    return blocks
  }()

  /// The language of the page, read from a folder.
  private func language() throws -> Language {
    let folder = NSTemporaryDirectory() + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for name in ["language.txt", "sentences.txt", "words.txt", "cue-verbs.txt"] {
      let text = try #require(Self.blocks[name], "the page has a block \(name)")
      try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
    }
    return try Language(code: "vk", folder: folder)
  }

  @Test func itsSentencesAndQuotesAreFound() throws {
    let language = try language()
    var document = Document(id: "t", text: try #require(Self.blocks["try.txt"]).trimmingCharacters(in: .newlines))
    var splitting = SplitSentences.Options()
    splitting.language = .named(language)
    try SplitSentences(splitting).process(&document)
    let sentences = document[Sentences.self].map { document.text(in: $0) + "\n" }.joined()
    #expect(sentences == Self.blocks["sentences"])
    var extraction = ExtractQuotes.Options()
    extraction.language = .named(language)
    try ExtractQuotes(extraction).process(&document)
    let quotes = document[Quotes.self].map { quote in
      let cue = quote.cue.map { $0.map { document.text(in: $0) }.joined(separator: " ") } ?? "-"
      return "\(quote.kind)|\(document.text(in: quote.spans))|\(cue)|\(document.speaker(of: quote))\n"
    }
    #expect(quotes.joined() == Self.blocks["quotes"])
  }

  @Test func theListedVerbIsACue() throws {
    let verbs = try language().lexicon
    let text = Array("carped".utf8)
    let token = try #require(Tokenizer().tokens(in: text.span).first)
    #expect(verbs.value(of: token, in: text.span)?.role == .speech)
  }
}
