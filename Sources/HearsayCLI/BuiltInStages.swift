import Cleaning
import Deduplication
import Export
import External
public import Hearsay
import LanguageIdentification
import QuoteExtraction
import SentenceSplitting
import StanceScoring
import StanceSummary

extension Catalogue {
  /// The stages that come with Hearsay, in the order in which a pipeline usually has them.
  public static let builtIn = Catalogue([
    Clean.self, IdentifyLanguage.self, Deduplicate.self, SplitSentences.self, ExtractQuotes.self, SelectQuotes.self,
    ScoreStance.self, SummarizeStance.self, Exec.self, Export.self,
  ])
}

extension StageStep {
  /// The step that writes all findings to one place: for `-o`, and for what `hearsay stage` prints.
  ///
  /// - Parameters:
  ///   - path: The file, in the format of its ending; `-` is standard output, as JSON Lines.
  ///   - provenance: Whether to add where each finding stands in the raw input.
  /// - Throws: `StageError` where the path makes no sense.
  static func findings(to path: String, provenance: Bool) throws -> StageStep {
    StageStep(Export.name, try Export.writer(to: path, provenance: provenance))
  }
}
