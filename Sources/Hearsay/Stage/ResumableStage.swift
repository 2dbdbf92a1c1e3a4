/// An ordered stage whose run can be resumed where it broke off: an export, a filter of duplicates.
///
/// The runner asks for a checkpoint between two commits, at the same document of every ordered stage, and keeps it in
/// its journal. A run that is resumed calls `resume` in place of `open`, and then commits the documents after
/// the checkpoint once more: what the stage had done after it must be taken back there.
public protocol ResumableStage: OrderedStage {
  /// Makes durable all that was committed, and gives what `resume` needs to go on from here.
  ///
  /// Called from one thread at a time, never during a `commit`. Keep it small: state that grows with the run belongs in
  /// a file in the folder of its `StageContext`, and the length of that file in here. What the checkpoint before this
  /// one rests on must stay until the next call: only then is this one known to be kept.
  func checkpoint() throws -> [UInt8]
  /// Called once before the first document, in place of `open`, in a run that goes on after a checkpoint.
  ///
  /// Takes back what was done after the checkpoint: a file is cut to its length then, rows after it are deleted.
  func resume(_ context: StageContext, from checkpoint: [UInt8]) throws
}
