use crate::figures::Figures;
use tokio::runtime::Runtime;

pub fn of_one(_runtime: &Runtime, _figures: &mut Figures) {
    unimplemented!()
}
