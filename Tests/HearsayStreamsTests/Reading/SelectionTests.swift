import Hearsay
@testable import HearsayStreams
import Testing

@Suite("Parts of the inputs")
struct SelectionTests {
  private func corpus() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write("a.jsonl", (0..<300).map { $0 % 50 == 7 ? "bad\n" : "{\"text\":\"\($0)\"}\n" }.joined())
    try folder.write("b.csv", "text\n" + (0..<200).map { "r\($0)\n" }.joined())
    for n in 0..<60 { try folder.write("c/\(n).txt", "t\(n)") }
    return folder
  }

  @Test("Shards have no record in common, and all together", arguments: [1, 2, 3, 7])
  func shards(count: Int) throws {
    let folder = try corpus()
    let names = ["a.jsonl", "b.csv", "gone", "c"]
    let whole = folder.read(names).lines
    var parts: [String] = []
    for number in 1...count {
      let selection = Selection(shard: Selection.Shard(number, of: count))
      let part = folder.read(names, InputSettings(selection: selection), readBytes: 500).lines
      // Evenly, within the limits of a hash.
      #expect(abs(part.count - whole.count / count) < whole.count / (2 * count) + 1)
      parts += part
    }
    #expect(parts.sorted() == whole.sorted())
  }

  @Test func aSampleIsTheSameWhateverTheReads() throws {
    let folder = try corpus()
    let settings = InputSettings(selection: Selection(sample: 5))
    let sample = folder.read([""], settings).lines
    #expect((60...170).contains(sample.count))
    #expect(folder.read([""], settings, readBytes: 100).lines == sample)
    #expect(Set(sample).isSubset(of: folder.read([""]).lines))
  }

  @Test("The first records only", arguments: [0, 1, 10, 301, 400, 5000])
  func limit(_ limit: Int) throws {
    let folder = try corpus()
    let whole = folder.read([""]).lines
    let reading = folder.read([""], InputSettings(selection: Selection(limit: limit)), readBytes: 700)
    #expect(reading.lines == Array(whole.prefix(limit)))
    let sample = Selection(limit: 20, sample: 3)
    let sampled = folder.read([""], InputSettings(selection: Selection(sample: 3))).lines
    #expect(folder.read([""], InputSettings(selection: sample)).lines == Array(sampled.prefix(20)))
  }

  @Test(arguments: ["0/3", "4/3", "1", "a/b", "1/2/3", "-1/2", "1/0"])
  func noPart(_ text: String) { #expect(Selection.Shard(text) == nil) }
}
