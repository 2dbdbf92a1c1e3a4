import Foundation
import Hearsay
import HearsayText
import QuoteExtraction

// Trains the model of `extract-quotes` and writes its compact weights.
//
//     swift run -c release train-quotes TRAIN.jsonl WEIGHTS.bin [FOLDS.jsonl]
//
// A line of TRAIN is {"text": …, "attributions": [{"content", "source", "cue": [[s,e],…]}]}, offsets in code points. FOLDS
// gets the quotes of each document of TRAIN by a model that has not learned from it. The same input gives the same
// weights.

let folds = 4
let arguments = Array(CommandLine.arguments.dropFirst())
guard arguments.count >= 2 else {
  print("usage: train-quotes TRAIN.jsonl WEIGHTS.bin [FOLDS.jsonl]")
  exit(2)
}
var cases = try AnnotatedDocument.read(arguments[0])
AnnotatedDocument.findHeads(&cases)

/// Calls `body` with the model of a file of weights.
func withModel(_ file: [UInt8], _ body: (QuoteModel) throws -> Void) throws {
  try unsafe file.withUnsafeBufferPointer { file in
    let weights = try unsafe WeightsFile(embedded: file, name: "the weights of a fold", format: QuoteModel.format)
    try body(try QuoteModel(weights))
  }
}

/// Models that have each not learned from one part of the documents, and the candidates that they find there.
var halfway: [TrainedWeights] = []
var samples: [AttributionSample] = []
for fold in 0..<folds {
  let trained = TrainedWeights(cases, cases.indices.filter { $0 % folds != fold })
  halfway.append(trained)
  try withModel(trained.file) { model in
    for index in cases.indices where index % folds == fold {
      samples += AttributionSample.of(cases[index], index, model)
    }
  }
}
print(
  "\(samples.count) windows of unseen documents, \(samples.count { $0.isTrue.contains(true) }) with a true attribution")

let attributions = AttributionRegression(samples)
var speakerSamples: [SpeakerSample] = []
for fold in 0..<folds {
  halfway[fold].attributions = attributions
  try withModel(halfway[fold].file) { model in
    for index in cases.indices where index % folds == fold {
      speakerSamples += SpeakerSample.of(cases[index], index, model)
    }
  }
}
print("\(speakerSamples.count) attributions found there, \(speakerSamples.count { $0.isLost }) without their speaker")

if arguments.count > 2 {
  var lines = [[UInt8]](repeating: [], count: cases.count)
  for fold in 0..<folds {
    halfway[fold].attributions = AttributionRegression(samples.filter { $0.document % folds != fold })
    halfway[fold].speakers = SpeakerRegression(speakerSamples.filter { $0.choices.document % folds != fold })
    halfway[fold].speakers.printAccuracy(of: speakerSamples.filter { $0.choices.document % folds == fold })
    try withModel(halfway[fold].file) { model in
      var options = ExtractQuotes.Options()
      options.conventions = .corpus
      let stage = ExtractQuotes(options, model: model)
      for index in cases.indices where index % folds == fold {
        var document = cases[index].document
        try stage.process(&document)
        lines[index] = Array(try DocumentEncoder().value(of: document).json.utf8) + [0x0A]
      }
    }
  }
  try Data(lines.joined()).write(to: URL(fileURLWithPath: arguments[2]))
}
if ProcessInfo.processInfo.environment["FOLDS_ONLY"] != nil { exit(0) }
var trained = TrainedWeights(cases, Array(cases.indices))
trained.attributions = attributions
trained.speakers = SpeakerRegression(speakerSamples)
let file = trained.file
try Data(file).write(to: URL(fileURLWithPath: arguments[1]))
print("\(cases.count) documents, \(file.count) bytes of weights")
