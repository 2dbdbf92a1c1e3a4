import Cleaning
import Hearsay
import Testing

@Suite("The stage clean")
struct CleanTests {
  static let catalogue = Catalogue([Clean.self])

  @Test(arguments: Clean.examples.indices)
  func theExampleHolds(_ index: Int) throws {
    let example = Clean.examples[index]
    let stage = try #require(Self.catalogue["clean"])
    let mismatches = try example.expectation.mismatches(in: Self.catalogue.run(example, of: stage))
    #expect(mismatches.isEmpty, "\(example.title)")
  }
}
