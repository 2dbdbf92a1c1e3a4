import Cleaning
import Hearsay
import HearsayPipeline
import QuoteExtraction
import SentenceSplitting

extension FuzzTarget {
  private static let catalogue = Catalogue([Clean.self, SplitSentences.self, ExtractQuotes.self])

  /// A pipeline file: a pipeline, or mistakes that can be shown.
  static let yaml = FuzzTarget(name: "yaml") { bytes in
    do throws(PipelineErrors) {
      _ = try PipelineLoader(catalogue: catalogue, environment: ["HOME": "/"]).load(bytes, file: "a.yaml")
    } catch {
      check(!"\(error)".isEmpty, "a mistake has no words")
    }
  }
}
