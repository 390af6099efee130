use crate::figures::Figures;
use tokio::runtime::Runtime;

pub fn one_by_one(_runtime: &Runtime, _figures: &mut Figures) {
    unimplemented!()
}
