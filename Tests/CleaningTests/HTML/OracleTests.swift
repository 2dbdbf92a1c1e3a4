import Foundation
import GumboOracle
import Hearsay
import HearsayText
import TestSupport
import Testing

@testable import Cleaning

/// The words of a page by libgumbo: what elements mean is taken from the stage, how they nest from the oracle.
private func gumboWords(_ html: String) -> [String] {
  final class Reader {
    var text = ""
    var skipped = 0
  }
  let reader = Reader()
  withExtendedLifetime(reader) {
    let bytes = Array(html.utf8)
    unsafe bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      unsafe base.withMemoryRebound(to: CChar.self, capacity: buffer.count) { base in
        _ = unsafe gumbo_oracle_visit(
          base, buffer.count,
          { context, event, text in
            guard let context = unsafe context, let text = unsafe text else { return }
            let reader = unsafe Unmanaged<Reader>.fromOpaque(context).takeUnretainedValue()
            let string = unsafe String(cString: text)
            let tag = Tag.named[Name(string)] ?? .other
            switch event {
            case GUMBO_ORACLE_TEXT: if reader.skipped == 0 { reader.text += string }
            default:
              if tag.isBlock && !tag.isSkipped || tag == .br { reader.text += "\n" }
              if tag.isSkipped { reader.skipped += event == GUMBO_ORACLE_START ? 1 : -1 }
            }
          }, Unmanaged.passUnretained(reader).toOpaque())
      }
    }
  }
  return words(reader.text)
}

/// The words of all blocks of a page, whatever its main text is.
private func ourWords(_ html: String) throws -> [String] {
  let bytes = Array(html.utf8)
  let parsed = try MarkupParser.parse(bytes, words: HintWords(list: []))
  var writer = TextWriter(tree: parsed.tree, page: bytes)
  for index in parsed.tree.blocks.indices { writer.add(index) }
  return words(String(decoding: writer.finish().text, as: UTF8.self))
}

private func words(_ text: String) -> [String] {
  text.split { $0.isWhitespace || $0 == "\u{A0}" }.map(String.init)
}

@Suite("The words of a page are those that an HTML5 parser finds")
struct OracleTests {
  private static let isAvailable = gumbo_oracle_is_available()

  @Test(
    "of ordinary pages", .enabled(if: isAvailable, "libgumbo is not installed: apt-get install libgumbo-dev"),
    arguments: OraclePages.all.indices)
  func ordinaryPages(index: Int) throws {
    let page = OraclePages.all[index]
    let (ours, theirs) = (try ourWords(page.html), gumboWords(page.html))
    #expect(ours == theirs, "\(page.name): \(ours) for \(theirs)")
  }

  /// Pages put together from pieces that ordinary pages have; each is closed as its author would.
  @Test(
    "of made pages", .enabled(if: isAvailable, "libgumbo is not installed: apt-get install libgumbo-dev"),
    arguments: 0..<60)
  func madePages(seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    let html = "<!DOCTYPE html><html><body>" + content(&random, depth: 0) + "</body></html>"
    #expect(try ourWords(html) == gumboWords(html), "\(html)")
  }

  private func content(_ random: inout SplitMix, depth: Int) -> String {
    let texts = ["word", " two words ", "&amp;", "&eacute;t&eacute;", "caf\u{E9} ", "a &lt; b", "\n  ", "12%"]
    return (0..<Int.random(in: 1...4, using: &random)).map { _ in
      guard depth < 6, Int.random(in: 0..<3, using: &random) > 0 else {
        return texts.randomElement(using: &random) ?? ""
      }
      let inner = content(&random, depth: depth + 1)
      return switch Int.random(in: 0..<12, using: &random) {
      case 0: "<div class='x nav'>\(inner)</div>"
      case 1: "<section id=s>\(inner)</section>"
      case 2: "<p>\(texts.randomElement(using: &random) ?? "")"
      case 3: "<ul><li>\(inner)<li>\(inner)</ul>"
      case 4: "<blockquote><p>\(texts.randomElement(using: &random) ?? "")</p></blockquote>"
      case 5: "<table><tbody><tr><td>\(inner)</td><td>x</td></tr></tbody></table>"
      case 6: "<span>word<b>bold</b></span>"
      case 7: "<em>em</em>text<a href='#'>link</a>"
      case 8: "<br>"
      case 9: "<script>var a = '<p>no</p>';</script><!-- <p>no</p> -->"
      case 10: "<h2>Title</h2><img src=x alt='no'>"
      default: "<article><header><h1>Head</h1></header>\(inner)</article>"
      }
    }.joined()
  }

  /// Pages of one's own: JSON Lines with `html`, named by the environment.
  @Test("of the pages that HEARSAY_PAGES names", .enabled(if: isAvailable && pages != nil))
  func pagesAtHand() throws {
    let path = try #require(Self.pages)
    var equal = 0
    var shares: [Double] = []
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    for line in lines {
      let html = try JSONReader.value(of: Array(line.utf8))["html"]?.stringValue ?? ""
      let (ours, theirs) = (try ourWords(html), gumboWords(html))
      equal += ours == theirs ? 1 : 0
      let common = Dictionary(grouping: ours, by: \.self).map { word, all in
        min(all.count, theirs.count { $0 == word })
      }
      shares.append(2 * Double(common.reduce(0, +)) / Double(max(1, ours.count + theirs.count)))
    }
    print("pages \(lines.count), the same words \(equal), worst shares \(shares.sorted().prefix(5))")
    #expect(shares.reduce(0, +) / Double(max(1, shares.count)) > 0.99)
  }

  private static let pages = ProcessInfo.processInfo.environment["HEARSAY_PAGES"]
}
