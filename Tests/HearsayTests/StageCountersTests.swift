import Hearsay
import Testing

@Suite("Counts")
struct CountsTests {
  @Test func theySumByNameInTheOrderOfNames() {
    var counts = StageCounters()
    for (count, name) in [(2, "mojibake"), (1, "adverts"), (0, "captions"), (3, "mojibake"), (1, "wraps")] {
      counts.add(count, of: name)
    }
    var more = StageCounters()
    more.add(1, of: "glue")
    more.add(4, of: "adverts")
    counts += more
    #expect(counts.entries.map(\.name) == ["adverts", "glue", "mojibake", "wraps"])
    #expect(counts.entries.map(\.count) == [5, 1, 5, 1])
    #expect(counts["mojibake"] == 5 && counts["captions"] == 0)
    #expect(counts.drain()["adverts"] == 5)
    #expect(counts.isEmpty)
  }
}
