import Cleaning
import Export
public import Hearsay
import QuoteExtraction

extension Catalogue {
  /// The stages that come with Hearsay, in the order in which a pipeline usually has them.
  public static let builtIn = Catalogue([
    Clean.self, SelectQuotes.self, Export.self,
  ])
}
