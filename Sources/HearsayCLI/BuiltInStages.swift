import Cleaning
import Deduplication
import Export
import External
public import Hearsay
import LanguageIdentification
import QuoteExtraction
import SentenceSplitting
import StanceScoring

extension Catalogue {
  /// The stages that come with Hearsay, in the order in which a pipeline usually has them.
  public static let builtIn = Catalogue([
    Clean.self, IdentifyLanguage.self, Deduplicate.self, SplitSentences.self, ExtractQuotes.self, SelectQuotes.self,
    ScoreStance.self,
    SummarizeStance.self, Exec.self, Export.self,
  ])
}
