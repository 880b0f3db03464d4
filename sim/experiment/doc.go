// Package experiment runs a model many times, and works out what the runs say:
// arms (variants of a scenario) times replications over a pool of workers, with
// results that depend on neither their number nor their haste.
//
// [Run] is what all else is made of. A [Comparison] sets organisational forms
// and project periods side by side, the main job:
//
//	c := experiment.NewComparison(experiment.PureForms(p), []float64{1, 2, 3, 8}, 3, experiment.Plan{Seed: 1, Replications: 500})
//	if err := c.Run(ctx, nil); err != nil {
//		return err
//	}
//	for _, sentence := range c.Verdict() {
//		fmt.Println(sentence)
//	}
//
// A [BestMap] says which form is best for which group, an [Explanation] which
// mechanisms a difference comes from, [Alone] what the SMEs would have done
// without a group. A [Sweep] is a design of package scenario made into rows and
// run piece by piece; [Observed] is what the analysis then reads.
//
// All variants of one thing run on the same luck: replication r of every arm
// meets the same draws, so that they are compared in pairs.
package experiment
