package report

import (
	"fmt"

	"epgsim/sim/analysis"
	"epgsim/sim/calibrate"
	"epgsim/sim/claims"
	"epgsim/sim/scenario"
	"epgsim/sim/store"
)

// writeTable writes a whole table. rows calls put for each row, with the values of its
// columns: see putRow.
func (r *Results) writeTable(t store.Table, rows func(put func(values ...any))) error {
	w, err := r.table(t)
	if err != nil {
		return err
	}
	defer w.Abort()
	rows(func(values ...any) { putRow(w, values) })
	return w.Close() // which tells of the first row that could not be written
}

// putRow writes a row. An interval has three columns, its estimate and its ends, a range of
// worlds has its quantiles, a share of parameter sets an interval and how many are open.
func putRow(w *store.TableWriter, values []any) {
	for _, value := range values {
		switch v := value.(type) {
		case string:
			w.Text(v)
		case float64:
			w.Float(v)
		case int:
			w.Int(int64(v))
		case bool:
			w.Bool(v)
		case []float64:
			w.Floats(v)
		case analysis.Interval:
			w.Float(v.Estimate).Float(v.Low).Float(v.High)
		case calibrate.Range:
			w.Float(v.Low).Float(v.Median).Float(v.High)
		case claims.Share:
			w.Float(v.Estimate).Float(v.Low).Float(v.High).Int(int64(v.Open))
		default:
			panic(fmt.Sprintf("report: no column holds a %T", v)) // a mistake of this package
		}
	}
	_ = w.EndRow() // an error stays until the table is closed
}

func textColumn(name, doc string) store.Column {
	return store.Column{Name: name, Doc: doc, Type: store.Text}
}

func numberColumn(name, unit, doc string) store.Column {
	return store.Column{Name: name, Unit: unit, Doc: doc, Type: store.Float64}
}

func wholeColumn(name, unit, doc string) store.Column {
	return store.Column{Name: name, Unit: unit, Doc: doc, Type: store.Int64}
}

func flagColumn(name, doc string) store.Column {
	return store.Column{Name: name, Doc: doc, Type: store.Bool}
}

// intervalColumns are an estimate and the ends of its 95 % interval.
func intervalColumns(name, low, high, unit, doc string) []store.Column {
	return []store.Column{numberColumn(name, unit, doc), numberColumn(low, unit, "lower end of its 95 % interval"), numberColumn(high, unit, "upper end of its 95 % interval")}
}

// factorColumns hold values of what differs; doc says whose.
func factorColumns(doc string, of []scenario.Factor) (columns []store.Column) {
	for i := range of {
		p := of[i].Parameter
		columns = append(columns, numberColumn(p.Name, p.Unit, doc+p.Doc))
	}
	return columns
}
