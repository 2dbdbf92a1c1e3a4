import Hearsay
import Testing

@Suite("What a stage made of a text is kept for the next")
struct KeptTests {
  private struct Words: Equatable { var all: [String] }
  private struct Lines: Equatable { var count: Int }

  @Test func oneValueOfAType() {
    var document = Document(id: "t", text: "Ann Lee")
    #expect(document.kept(Words.self) == nil)
    document.keep(Words(all: ["Ann"]))
    document.keep(Lines(count: 1))
    document.keep(Words(all: ["Ann", "Lee"]))
    #expect(document.kept(Words.self) == Words(all: ["Ann", "Lee"]))
    #expect(document.kept(Lines.self) == Lines(count: 1))
    #expect(document.layerTypes.isEmpty)
  }

  @Test("A copy has it too, and goes on its own way") func copies() {
    var document = Document(id: "t", text: "Ann Lee")
    document.keep(Lines(count: 1))
    var copy = document
    copy.keep(Lines(count: 2))
    #expect(document.kept(Lines.self) == Lines(count: 1))
    #expect(copy.kept(Lines.self) == Lines(count: 2))
  }

  @Test("An edit of the text throws it away, one that changes nothing does not") func edits() {
    var document = Document(id: "t", text: "Ann Lee")
    document.keep(Lines(count: 1))
    document.replaceText(document.utf8, map: OffsetMap(identity: document.utf8.count))
    #expect(document.kept(Lines.self) != nil)
    document.replaceText(Array("Ann".utf8), map: nil)
    #expect(document.kept(Lines.self) == nil)
  }
}
