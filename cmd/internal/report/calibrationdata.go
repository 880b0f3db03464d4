package report

import (
	"context"
	"errors"
	"fmt"

	"epgsim/sim/calibrate"
	"epgsim/sim/scenario"
	"epgsim/sim/store"
)

// TargetsFile are targets as they were used, the scenarios of their cases beside them.
const TargetsFile = "targets.toml"

// FactTargets is the fact that tells the data set of a calibration from others.
const FactTargets = "targets_hash"

// targetsFiles are targets and the scenarios of their cases.
func targetsFiles(t *scenario.Targets) []store.Source {
	files := []store.Source{{Path: TargetsFile, Data: t.TOML()}}
	for i := range t.Cases {
		files = append(files, store.Source{Path: scenario.CaseFile(i), Data: t.Cases[i].Scenario.TOML()})
	}
	return files
}

// CalibrationHead says what the data set of a calibration is of, with so many waves,
// and the files that it begins with. A row is a world of a wave, a replication is a
// wave.
func CalibrationHead(p *Program, s *calibrate.Study, waves int) (store.Head, []store.Source) {
	t := s.Targets
	return store.Head{
		Version: p.Version,
		Facts:   facts("design", t.Name, FactTargets, t.Hash(), "model_hash", p.Model, "seed", t.Seed),
		Layout:  store.Layout{Rows: s.Rows(), Replications: waves, PartRows: s.Shape(), Block: 1},
		Tables:  []store.PartTable{{Name: TableRuns, Doc: "one row per world; a replication is a wave of worlds, the last of which checks", Columns: calibrationColumns(t)}},
	}, targetsFiles(t)
}

func columnStatistic(j int) string { return fmt.Sprintf("statistic_%d", j+1) }
func columnNoise(j int) string     { return fmt.Sprintf("noise_%d", j+1) }

func calibrationColumns(t *scenario.Targets) []store.Column {
	columns := append(store.KeyColumns(), factorColumns("", t.Unknowns)...)
	columns = append(columns, textColumn(columnReason, "why there are no statistics; empty where there are"))
	for j := range t.Targets {
		g := &t.Targets[j]
		columns = append(columns, numberColumn(columnStatistic(j), g.Statistic.Unit(), g.Name+": "+g.Statistic.String()))
	}
	for j := range t.Targets {
		columns = append(columns, numberColumn(columnNoise(j), "", "variance that luck gives statistic "+fmt.Sprint(j+1)))
	}
	return columns
}

// CalibrationSink writes the worlds of a piece to its part of the data set.
type CalibrationSink struct {
	*store.PartWriter
	table *store.TableWriter
}

// NewCalibrationSink writes to a part.
func NewCalibrationSink(w *store.PartWriter) *CalibrationSink {
	return &CalibrationSink{w, w.Table(TableRuns)}
}

// Put writes one world.
func (s *CalibrationSink) Put(r *calibrate.Run) error {
	return s.table.Int(int64(r.Row)).Int(int64(r.Wave)).Floats(r.Values).Text(r.Reason).Floats(r.Statistics).Floats(r.Noise).EndRow()
}

// ReadWave reads what the worlds of a wave came to. A part that is not there is an
// error that is fs.ErrNotExist.
func ReadWave(ctx context.Context, path string, s *calibrate.Study, wave *calibrate.Wave) (err error) {
	r, err := store.OpenFirst(path, wave.Number+1)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	columns, n := []string{"row", "replication", columnReason}, len(s.Targets.Targets)
	for j := range n {
		columns = append(columns, columnStatistic(j))
	}
	for j := range n {
		columns = append(columns, columnNoise(j))
	}
	for i := range s.Targets.Unknowns {
		columns = append(columns, s.Targets.Unknowns[i].Parameter.Name)
	}
	run := calibrate.Run{Wave: wave.Number, Statistics: make([]float64, n), Noise: make([]float64, n)}
	return r.Each(TableRuns, columns, func(_ store.Part, v []store.Values) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		for i := range v[0].Ints {
			if v[1].Ints[i] != int64(wave.Number) {
				continue
			}
			if run.Row = int(v[0].Ints[i]); run.Row < 0 || run.Row >= s.Rows() {
				return fmt.Errorf("row %d is none of the data set", run.Row)
			}
			for k, drawn := range wave.Values[run.Row] {
				if v[3+2*n+k].Floats[i] != drawn {
					return fmt.Errorf("world %d of wave %d is none that this program draws: another version began the data set; take another place for it: --data", run.Row, wave.Number+1)
				}
			}
			run.Reason = v[2].Texts[i]
			for j := range n {
				run.Statistics[j], run.Noise[j] = v[3+j].Floats[i], v[3+n+j].Floats[i]
			}
			wave.Add(&run)
		}
		return nil
	})
}
