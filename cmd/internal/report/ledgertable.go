package report

import (
	"bytes"
	"strings"

	"epgsim/sim/analysis"
	"epgsim/sim/claims"
	"epgsim/sim/store"
)

// ledgerColumns are those of the ledger as a table: a row per part.
func ledgerColumns() []store.Column {
	share := func(name, of string) []store.Column {
		return []store.Column{
			numberColumn(name+"_share", "1", "share of "+of),
			numberColumn(name+"_share_low", "1", "the same, low end of the 95 % interval"),
			numberColumn(name+"_share_high", "1", "the same, high end"),
			{Name: name + "s_open", Doc: "of these, still open after all their replications", Type: store.Int64},
		}
	}
	interval := func(name, low, high, doc string) []store.Column {
		return []store.Column{numberColumn(name, "", doc+", in the unit of the part"), numberColumn(low, "", "the same, low end of the 95 % interval"), numberColumn(high, "", "the same, high end")}
	}
	flag := func(name, doc string) store.Column { return store.Column{Name: name, Doc: doc, Type: store.Bool} }
	whole := func(name, doc string) store.Column { return store.Column{Name: name, Doc: doc, Type: store.Int64} }
	all := []store.Column{textColumn("claim", "id in the ledger"), textColumn("verdict", "over random parameter sets"), flag("borderline", "another draw could well give another verdict"),
		textColumn("or", "which"), textColumn("statement", "what the claim says"), textColumn("source", "study and section"),
		textColumn("part", "a number that the claim asserts to be above zero"), textColumn("unit", "of the part"), flag("judged", "the part counts, and is not only told")}
	all = append(append(all, interval("estimate", "low", "high", "the part at the defaults")...), flag("clear", "on one side of zero, corrected for the number of parts"))
	all = append(append(all, interval("left", "left_low", "left_high", "what is left with the believed cause switched off")...), whole("sets", "random parameter sets"))
	all = append(append(all, share("set", "the random sets in which the part is above zero")...), numberColumn("set_median", "", "median of the part over them"))
	all = append(append(all, share("claim_set", "the random sets in which every judged part is")...), whole("worlds", "calibrated worlds; 0 where none were asked for"))
	all = append(append(all, share("world", "the calibrated worlds in which the part is above zero")...), share("claim_world", "the calibrated worlds in which every judged part is")...)
	return append(all, textColumn("calibrated_verdict", "what the same rule gives over calibrated worlds"), textColumn("calibrated_or", "what another draw could well give there"),
		textColumn("contrast", "what is compared"), textColumn("ablation", "mechanisms believed to cause it"), textColumn("note", "what a reader should know"))
}

// ledgerTable writes the ledger in a format.
func (l *Ledger) ledgerTable(format store.Format, results []claims.Result) ([]byte, error) {
	var b bytes.Buffer
	t := store.Table{Name: "claims", Doc: "the ledger of claims, a row per part", Columns: ledgerColumns(), Meta: map[string]string{}}
	for _, m := range l.receipt() {
		t.Meta[m[0]] = m[1]
	}
	err := store.WriteTable(&b, format, t, func(w *store.TableWriter) error {
		for _, r := range results {
			for _, p := range r.Parts {
				if err := putPart(w, &r, &p); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return b.Bytes(), err
}

func putPart(w *store.TableWriter, r *claims.Result, p *claims.PartResult) error {
	c := r.Claim
	interval := func(iv analysis.Interval) { w.Float(iv.Estimate).Float(iv.Low).Float(iv.High) }
	share := func(s claims.Share) { w.Float(s.Estimate).Float(s.Low).Float(s.High).Int(int64(s.Open)) }
	w.Text(c.ID).Text(string(r.Verdict)).Bool(r.Borderline()).Text(orText(r.Or)).Text(c.Statement).Text(c.Source).Text(p.Part.Name).Text(p.Part.Unit).Bool(!p.Part.Info)
	interval(p.Interval)
	w.Bool(p.Clear)
	interval(p.Left)
	w.Int(int64(p.Sets.Sets))
	share(p.Sets)
	w.Float(p.SetMedian)
	share(r.Sets)
	w.Int(int64(p.Fitted.Sets))
	share(p.Fitted)
	share(r.Fitted.Share)
	return w.Text(string(r.Fitted.Verdict)).Text(orText(r.Fitted.Or)).Text(c.Contrast).Text(strings.Join(c.Ablation, " ")).Text(c.Note).EndRow()
}
