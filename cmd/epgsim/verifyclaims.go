package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"epgsim/cmd/internal/report"
	"epgsim/cmd/internal/tell"
	"epgsim/sim/claims"
)

// claims verifies a ledger of claims: its page and table against its units of
// work, and units against what is computed.
func (v *verification) claims(ctx context.Context) error {
	l, err := report.ReadLedger(v.dir)
	if err != nil {
		return err
	}
	l.Plan.Workers = v.options.workers
	fmt.Fprintf(v.app.out, "%s: ledger of %s, seed %d, made by epgsim %s\n", v.dir, tell.Plural(len(l.Facts.Claims), "claim", "claims"), l.Facts.Seed, l.Facts.Version)
	if err := v.model(l.Facts.ModelHash); err != nil {
		return err
	}
	if l.Facts.Experiments != report.ExperimentsHash(l.Claims) || len(l.Claims) != len(l.Facts.Claims) {
		v.leaves("anything: this program makes other experiments of these claims")
		return nil
	}
	units := map[string]claims.Unit{}
	for _, name := range l.Plan.Units() {
		u, ok := l.Unit(name)
		if !ok {
			v.differs(l.UnitName(name), "is missing, or damaged")
			continue
		}
		units[name] = u
	}
	if len(units) == len(l.Plan.Units()) {
		if err := v.ledgerFiles(l, claims.Judge(l.Claims, units)); err != nil {
			return err
		}
	} else {
		v.leaves("%s and %s, which rest on all units", report.LedgerPage, report.LedgerTable)
	}
	return v.units(ctx, l, units)
}

// ledgerFiles compares page and table with what the units come to.
func (v *verification) ledgerFiles(l *report.Ledger, results []claims.Result) error {
	page, err := l.Page(results)
	if err != nil {
		return err
	}
	for _, f := range []struct {
		name string
		want []byte
	}{{report.LedgerPage, page}, {report.LedgerTable, report.LedgerCSV(results)}} {
		switch is, err := os.ReadFile(filepath.Join(v.dir, f.name)); {
		case err != nil:
			v.differs(f.name, "is missing, or cannot be read")
		case !bytes.Equal(is, f.want):
			v.differs(f.name, "is not what the units come to: "+firstDifference(is, f.want))
		}
	}
	v.checks("%s and %s with all %d units", report.LedgerPage, report.LedgerTable, len(l.Plan.Units()))
	return nil
}

// firstDifference says in which line two texts differ, and how.
func firstDifference(is, was []byte) string {
	n := 1
	for len(is) > 0 || len(was) > 0 {
		a, restA, _ := bytes.Cut(is, []byte{'\n'})
		b, restB, _ := bytes.Cut(was, []byte{'\n'})
		if !bytes.Equal(a, b) {
			at := 0
			for at < len(a) && at < len(b) && a[at] == b[at] {
				at++
			}
			return fmt.Sprintf("line %d is …%q, was …%q", n, piece(a, at), piece(b, at))
		}
		is, was, n = restA, restB, n+1
	}
	return "line ends"
}

// piece is what stands about a place in a line.
func piece(line []byte, at int) string {
	const about = 24 // bytes: a number and the word before it
	return strings.ToValidUTF8(string(line[max(0, at-about):min(len(line), at+about)]), "")
}

// units does units again, all or the first set, and compares them.
func (v *verification) units(ctx context.Context, l *report.Ledger, units map[string]claims.Unit) error {
	names := l.Plan.Units()
	if !v.options.all {
		names = names[min(2, len(names)):min(3, len(names))] // those before are the defaults, and larger
		if v.options.rows == 0 {
			names = nil
		}
	}
	done, total := 0, 0
	for _, name := range names {
		total += l.Plan.Runs(name, l.Claims)
	}
	bar := v.app.progress("testing claims again", total, v.options.quiet)
	defer bar.finish()
	for _, name := range names {
		if _, ok := units[name]; !ok {
			continue
		}
		u, err := l.Plan.RunUnit(ctx, name, l.Claims, bar.add)
		if err != nil {
			return err
		}
		want, err := json.Marshal(u)
		if err != nil {
			return err
		}
		is, err := os.ReadFile(l.UnitPath(name))
		if err != nil {
			return err
		}
		if !bytes.Equal(is, want) {
			v.differs(l.UnitName(name), firstDifference(is, want))
		}
		done++
	}
	v.checks("%d of %d units, computed again", done, len(l.Plan.Units()))
	if done < len(l.Plan.Units()) {
		v.leaves("the other units with what is computed, which --all does")
	}
	return nil
}
