package report

import (
	"bytes"
	"slices"
	"strings"

	"epgsim/sim/claims"
	"epgsim/sim/store"
)

// ledgerColumns are those of the ledger as a table: a row per part.
func ledgerColumns() []store.Column {
	share := func(name, of string) []store.Column {
		return append(intervalColumns(name+"_share", name+"_share_low", name+"_share_high", "1", "share of "+of), wholeColumn(name+"s_open", "", "of these, still open after all their replications"))
	}
	only := func(columns ...store.Column) []store.Column { return columns }
	return slices.Concat(
		only(textColumn("claim", "id in the ledger"), textColumn("verdict", "over random parameter sets"), flagColumn("borderline", "another draw could well give another verdict"),
			textColumn("or", "which"), textColumn("statement", "what the claim says"), textColumn("source", "study and section"),
			textColumn("part", "a number that the claim asserts to be above zero"), textColumn("unit", "of the part"), flagColumn("judged", "the part counts, and is not only told")),
		intervalColumns("estimate", "low", "high", "", "the part at the defaults, in the unit of the part"),
		only(flagColumn("clear", "on one side of zero, corrected for the number of parts")),
		intervalColumns("left", "left_low", "left_high", "", "what is left with the believed cause switched off, in the unit of the part"),
		only(wholeColumn("sets", "", "random parameter sets")),
		share("set", "the random sets in which the part is above zero"), only(numberColumn("set_median", "", "median of the part over them")),
		share("claim_set", "the random sets in which every judged part is"), only(wholeColumn("worlds", "", "calibrated worlds; 0 where none were asked for")),
		share("world", "the calibrated worlds in which the part is above zero"), share("claim_world", "the calibrated worlds in which every judged part is"),
		only(textColumn("calibrated_verdict", "what the same rule gives over calibrated worlds"), textColumn("calibrated_or", "what another draw could well give there"),
			textColumn("contrast", "what is compared"), textColumn("ablation", "mechanisms believed to cause it"), textColumn("note", "what a reader should know")))
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
				c := r.Claim
				putRow(w, []any{c.ID, string(r.Verdict), r.Borderline(), orText(r.Or), c.Statement, c.Source, p.Part.Name, p.Part.Unit, !p.Part.Info, p.Interval, p.Clear, p.Left,
					p.Sets.Sets, p.Sets, p.SetMedian, r.Sets, p.Fitted.Sets, p.Fitted, r.Fitted.Share,
					string(r.Fitted.Verdict), orText(r.Fitted.Or), c.Contrast, strings.Join(c.Ablation, " "), c.Note})
			}
		}
		return nil // an error stays until the table is closed
	})
	return b.Bytes(), err
}
