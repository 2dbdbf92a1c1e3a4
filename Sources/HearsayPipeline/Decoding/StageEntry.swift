internal import Hearsay

/// An element of `stages:` in a pipeline file, as far as it could be read.
struct StageEntry {
  var name: String
  var place: SourcePlace
  /// The stage meant; where the name is misspelled, the nearest one.
  var descriptor: StageDescriptor?
  var options: ConfigNode?
  /// `nil` where anything is wrong with it.
  var stage: (any Stage)?

  /// What the stage reads and writes; where it could not be made, what stages of its type do.
  var layers: LayerUse { stage?.layers ?? descriptor?.layers ?? LayerUse() }
}
