import Cleaning
import Hearsay
import HearsayPipeline
import HearsayStreams
import QuoteExtraction
import SentenceSplitting

extension FuzzTarget {
  private static let catalogue = Catalogue([Clean.self, SplitSentences.self, ExtractQuotes.self])

  /// A pipeline file: a pipeline, or mistakes that can be shown.
  static let yaml = FuzzTarget(name: "yaml") { bytes in
    do throws(PipelineErrors) {
      let loader = PipelineLoader(
        catalogue: catalogue, inputFormats: InputFormats.names, environment: ["HOME": "/"])
      _ = try loader.load(bytes, file: "a.yaml")
    } catch {
      check(!"\(error)".isEmpty, "a mistake has no words")
    }
  }
}
