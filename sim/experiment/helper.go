package experiment

import (
	"context"
	"encoding/binary"
	"errors"
)

// Helper runs replications where no memory is shared with who asks, as in a browser's
// workers: it gets a job as bytes, has it done there by Help, and returns what that
// returns.
type Helper func(ctx context.Context, job []byte) (rows []byte, err error)

// errJob is what a job or its rows are that another version has made.
var errJob = errors.New("a helper of another version cannot help")

// ask is worker.fill done by a helper: it asks for a chunk of a family.
func (h Helper) ask(ctx context.Context, s *slot, job []byte, family []int) {
	s.n, s.err = 0, nil
	rows, err := h(ctx, job)
	for err == nil && len(rows) > 0 {
		rows, err = s.take(rows, family)
	}
	s.err = err
}

// jobOf writes down a chunk of a family: whose luck, which replications, and the arms,
// which differ in the project period alone.
func jobOf(arms []Arm, plan *Plan, family []int, first int) []byte {
	n := min(chunk, plan.Replications-first)
	only := uint64(1)<<n - 1
	if mask := arms[family[0]].Only; mask != nil {
		only = 0
		for k := range n {
			if mask[first+k] {
				only |= 1 << k
			}
		}
	}
	b := appendNumbers(nil, plan.Seed, uint64(plan.First+first), uint64(n), only, columnsOf(plan), uint64(len(family)))
	for _, k := range family {
		b = appendNumbers(b, told(arms[k].Record), uint64(len(arms[k].Name)))
		b = append(b, arms[k].Name...)
		b = arms[k].Params.AppendTo(b)
	}
	return b
}

// columnsOf has a bit for each column that is wanted.
func columnsOf(plan *Plan) (bits uint64) {
	for _, c := range plan.Columns {
		bits |= 1 << c
	}
	if bits == 0 {
		return ^bits
	}
	return bits
}

// Help does a job, and returns its rows.
func Help(ctx context.Context, job []byte) (rows []byte, err error) {
	arms, plan, columns, err := readJob(job)
	if err != nil {
		return nil, err
	}
	err = Run(ctx, arms, plan, func(r Row) error {
		rows = appendNumbers(rows, uint64(r.Arm), uint64(r.Replication), told(r.Series != nil))
		rows = r.Result.AppendTo(rows)
		if r.Series != nil {
			brought := *r.Series
			for c := range brought.Columns {
				if columns>>c&1 == 0 {
					brought.Columns[c] = nil
				}
			}
			rows = brought.AppendTo(rows)
		}
		return nil
	})
	return rows, err
}

func readJob(job []byte) (arms []Arm, plan Plan, columns uint64, err error) {
	var seed, first, n, only, members uint64
	if job, err = takeNumbers(job, &seed, &first, &n, &only, &columns, &members); err != nil || n > chunk {
		return nil, plan, 0, errJob
	}
	mask := make([]bool, n)
	for k := range mask {
		mask[k] = only>>k&1 == 1
	}
	for range members {
		var record, length uint64
		if job, err = takeNumbers(job, &record, &length); err != nil || length > uint64(len(job)) {
			return nil, plan, 0, errJob
		}
		arm := Arm{Name: string(job[:length]), Record: record == 1, Only: mask}
		if job, err = arm.Params.Take(job[length:]); err != nil {
			return nil, plan, 0, err
		}
		if len(arms) > 0 { // else they would be no family: see sim.Params.DiffersInYears
			arm.Params.ListedSMEs, arm.Params.MarketSpecs = arms[0].Params.ListedSMEs, arms[0].Params.MarketSpecs
		}
		arms = append(arms, arm)
	}
	return arms, Plan{Seed: seed, First: int(first), Replications: int(n), Workers: 1}, columns, nil
}

// take reads a row of a family.
func (s *slot) take(b []byte, family []int) (rest []byte, err error) {
	var member, replication, recorded uint64
	if b, err = takeNumbers(b, &member, &replication, &recorded); err != nil || member >= uint64(len(family)) {
		return nil, errJob
	}
	row := s.row(s.n)
	*row = Row{Arm: family[member], Replication: int(replication), Result: &s.results[s.n]}
	if b, err = s.results[s.n].Take(b); err == nil && recorded == 1 {
		row.Series = &s.series[s.n]
		b, err = row.Series.Take(b)
	}
	s.n++
	return b, err
}

func told(yes bool) uint64 {
	if yes {
		return 1
	}
	return 0
}

func appendNumbers(b []byte, numbers ...uint64) []byte {
	for _, x := range numbers {
		b = binary.LittleEndian.AppendUint64(b, x)
	}
	return b
}

func takeNumbers(b []byte, numbers ...*uint64) (rest []byte, err error) {
	if len(b) < 8*len(numbers) {
		return nil, errJob
	}
	for k, x := range numbers {
		*x = binary.LittleEndian.Uint64(b[8*k:])
	}
	return b[8*len(numbers):], nil
}
